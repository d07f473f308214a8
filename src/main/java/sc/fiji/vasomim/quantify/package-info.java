/** Centrelines, sub-pixel diameters and stenosis grades of vessels; a method description is in docs/quantify.md. */
package sc.fiji.vasomim.quantify;
