/** The launcher: runs any command by name from a shell; options and help come from the command's own parameters. */
package sc.fiji.vasomim.cli;
