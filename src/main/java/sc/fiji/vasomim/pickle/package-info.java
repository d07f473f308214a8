/** PyTorch's own files (.pth, .pt) as data: their two containers, and a closed, bounded reading of the pickle inside. */
package sc.fiji.vasomim.pickle;
