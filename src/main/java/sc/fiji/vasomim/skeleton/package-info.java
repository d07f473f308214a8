/** Masks thinned to their centrelines; area, length and diameter of vessels. */
package sc.fiji.vasomim.skeleton;
