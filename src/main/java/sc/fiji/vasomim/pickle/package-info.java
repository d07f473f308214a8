/** PyTorch's own files (.pth, .pt) as data: two containers, and a closed, bounded reading of the pickle inside. */
package sc.fiji.vasomim.pickle;
