/** Masks thinned to their centrelines. */
package sc.fiji.vasomim.skeleton;
