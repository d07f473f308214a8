package sc.fiji.vasomim.files;

/** The element types of a safetensors file that this project reads and writes; the file uses these very names. */
public enum TensorType {
	BOOL(1), U8(1), F16(2), BF16(2), I32(4), F32(4), F64(8), I64(8);

	private final int bytes;

	TensorType(final int bytes) {
		this.bytes = bytes;
	}

	/** The size of one element in bytes. */
	public int bytes() {
		return bytes;
	}
}
