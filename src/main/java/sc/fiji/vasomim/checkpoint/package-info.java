/** Other people's checkpoints in, ours out: layouts recognised by their keys, weights renamed, joined and resized. */
package sc.fiji.vasomim.checkpoint;
