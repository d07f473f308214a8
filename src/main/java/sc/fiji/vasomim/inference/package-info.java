/** Networks applied to images: input size, vessel probability, reconstruction of hidden patches and its scores. */
package sc.fiji.vasomim.inference;
