/**
 * The engine: devices, TorchScript sources, typed calls, random numbers. The only room that touches DJL's
 * {@code IValue}s; everybody else sees {@link sc.fiji.vasomim.torch.Script} and {@code NDArray}s.
 */
package sc.fiji.vasomim.torch;
