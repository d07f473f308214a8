/** One SciJava command is one menu item: parameters, validation, one call. */
package sc.fiji.vasomim.command;
