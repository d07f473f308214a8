/** Networks applied to images: input size, vessel probability, reconstruction of hidden patches. */
package sc.fiji.vasomim.inference;
