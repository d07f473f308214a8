package sc.fiji.vasomim.metrics;
import net.imglib2.*; import net.imglib2.type.numeric.integer.UnsignedByteType; import net.imglib2.view.Views;
public final class Psnr { private Psnr() {}
	public static double of(RandomAccessibleInterval<UnsignedByteType> a, RandomAccessibleInterval<UnsignedByteType> b, RandomAccessibleInterval<UnsignedByteType> region) {
		Cursor<UnsignedByteType> x = Views.flatIterable(a).cursor(), y = Views.flatIterable(b).cursor(), r = Views.flatIterable(region).cursor(); double s = 0; long n = 0;
		while (x.hasNext()) { double d = x.next().get() - y.next().get(); if (r.next().get() > 0) { s += d*d; n++; } }
		return 10 * Math.log10(255.0*255*n/s); } }
