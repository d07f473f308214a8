/** The whole path on the packaged samples, from vesselness to a reconstruction, as pictures and figures. */
package sc.fiji.vasomim.demo;
