/** Images, tensors and JSON from and to files: whole or not at all, checked before they are trusted. */
package sc.fiji.vasomim.files;
