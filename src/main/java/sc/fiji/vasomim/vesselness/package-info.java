/** Multi-scale Hessian vesselness: the filters of Frangi (1998) and Sato (1998) on ImgLib2 images. */
package sc.fiji.vasomim.vesselness;
