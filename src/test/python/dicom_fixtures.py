"""Writes the compressed DICOM files of CompressedDicomTest and prints their lines of its table.

    pip install numpy pillow pydicom python-gdcm imagecodecs
    python dicom_fixtures.py ../resources/files/dicom

The pixels are formulas and noise, no patient's. The hash is that of the values before compression, little-endian; of
lossy files, of what libjpeg-turbo decodes. Lossless ones are read back by a decoder that did not write them.
"""
import hashlib
import io
import os
import sys
import tempfile

import imagecodecs
import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate

PLAIN, DEFLATED = '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99'
BASELINE, EXTENDED, LOSSLESS, SV1 = (f'1.2.840.10008.1.2.4.{n}' for n in (50, 51, 57, 70))
RLE = '1.2.840.10008.1.2.5'
FOLDER = sys.argv[1]
HEIGHT, WIDTH = 17, 23
# What GDCM holds is freed in the wrong order otherwise.
ALIVE = []
random = np.random.default_rng(7)


def image(bits, frames=1, signed=False, noise=3):
    """frames x H x W; waves over the whole range with noise."""
    y, x, k = np.mgrid[:HEIGHT, :WIDTH, :frames]
    top = 2 ** bits - 1
    waves = top / 2 * (1 + np.sin((x + k) / 4) * np.cos(y / 3)) + random.integers(-noise, noise + 1, x.shape)
    values = np.moveaxis(waves.clip(0, top).astype(int), 2, 0) - (2 ** (bits - 1) if signed else 0)
    return np.ascontiguousarray(values, dtype=('<i' if signed else '<u') + ('1' if bits <= 8 else '2'))


def extremes(bits):
    """1 x H x W; nothing but the least and the greatest value, so that differences need all bits."""
    return (random.integers(0, 2, (1, HEIGHT, WIDTH)) * (2 ** bits - 1)).astype('<u1' if bits <= 8 else '<u2')


def dataset(values, bits, syntax, photometric='MONOCHROME2'):
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.TransferSyntaxUID = syntax
    d.SOPClassUID = d.file_meta.MediaStorageSOPClassUID = '1.2.840.10008.5.1.4.1.1.12.1'
    d.SOPInstanceUID = d.file_meta.MediaStorageSOPInstanceUID = '2.25.1'
    d.PhotometricInterpretation = photometric
    d.SamplesPerPixel = 3 if values.ndim == 4 else 1
    if values.ndim == 4:
        d.PlanarConfiguration = 0
    if len(values) > 1:
        d.NumberOfFrames = len(values)
        d.FrameTime = '66.7'
    d.Rows, d.Columns = values.shape[1:3]
    d.BitsAllocated = 8 * values.itemsize
    d.BitsStored, d.HighBit, d.PixelRepresentation = bits, bits - 1, int(values.dtype.kind == 'i')
    return d


def write(name, values, bits, syntax, pixels, photometric='MONOCHROME2', truth=None):
    d = dataset(values, bits, syntax, photometric)
    d.PixelData = pixels
    d['PixelData'].VR = 'OB' if syntax not in (PLAIN, DEFLATED) or bits <= 8 else 'OW'
    d['PixelData'].is_undefined_length = syntax not in (PLAIN, DEFLATED)
    d.save_as(os.path.join(FOLDER, name + '.dcm'), enforce_file_format=True)
    tell(name, values if truth is None else truth)


def tell(name, truth):
    print(f'"{name}, {hashlib.sha256(np.ascontiguousarray(truth).tobytes()).hexdigest()}",')


def by_gdcm(name, values, bits, syntax, target, photometric='MONOCHROME2'):
    import gdcm  # late, for its zlib is not that of Python
    target = getattr(gdcm.TransferSyntax, target)
    plain = os.path.join(tempfile.gettempdir(), 'plain.dcm')
    d = dataset(values, bits, PLAIN, photometric)
    d.PixelData = values.tobytes()
    d['PixelData'].VR = 'OB' if bits <= 8 else 'OW'
    d.save_as(plain, enforce_file_format=True)
    reader, change, writer = gdcm.ImageReader(), gdcm.ImageChangeTransferSyntax(), gdcm.ImageWriter()
    ALIVE.extend((reader, change, writer))
    reader.SetFileName(plain)
    assert reader.Read()
    change.SetTransferSyntax(gdcm.TransferSyntax(target))
    change.SetInput(reader.GetImage())
    assert change.Change()
    path = os.path.join(FOLDER, name + '.dcm')
    writer.SetFileName(path)
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()
    d = pydicom.dcmread(path)
    assert d.file_meta.TransferSyntaxUID == syntax and (d.pixel_array.reshape(values.shape) == values).all()
    tell(name, values)


def turbo(values, bits, predictor):
    jpeg = imagecodecs.jpeg_encode(values, lossless=True, predictor=predictor, bitspersample=bits)
    return jpeg + b'\0' * (len(jpeg) % 2)


def lossless(planes, bits, restart=0, shift=0, separate=False):
    """A JPEG with what the other encoders do not write: restart lines, point transform, a scan a component."""
    height, width = planes[0].shape
    out = b'\xff\xd8\xff\xc3' + bytes([0, 8 + 3 * len(planes), bits, 0, height, 0, width, len(planes)])
    out += b''.join(bytes([i + 1, 0x11, 0]) for i in range(len(planes)))
    # Seventeen codes of five bits.
    out += b'\xff\xc4' + bytes([0, 19 + 17, 0]) + bytes([0, 0, 0, 0, 17] + [0] * 11) + bytes(range(17))
    if restart:
        out += b'\xff\xdd\0\x04' + (restart * width).to_bytes(2, 'big')
    for scan in [[i] for i in range(len(planes))] if separate else [list(range(len(planes)))]:
        out += b'\xff\xda' + bytes([0, 6 + 2 * len(scan), len(scan)]) + b''.join(bytes([i + 1, 0]) for i in scan)
        out += bytes([1, 0, shift])
        text = ''
        for y in range(height):
            first = y == 0 or restart and y % restart == 0
            if first and y:
                out += stuffed(text) + bytes([0xff, 0xd0 + (y // restart - 1) % 8])
                text = ''
            for x in range(width):
                for i in scan:
                    p = planes[i].astype(int) >> shift
                    guess = p[y, x - 1] if x else 1 << bits - shift - 1 if first else p[y - 1, 0]
                    text += code(int(p[y, x] - guess))
        out += stuffed(text)
    out += b'\xff\xd9'
    return out + b'\0' * (len(out) % 2)


def code(difference):
    difference = (difference + 2 ** 15) % 2 ** 16 - 2 ** 15
    if difference == -2 ** 15:
        return f'{16:05b}'
    length = abs(difference).bit_length()
    low = difference if difference >= 0 else difference + 2 ** length - 1
    return f'{length:05b}' + (f'{low:0{length}b}' if length else '')


def stuffed(text):
    text += '1' * (-len(text) % 8)
    return bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8)).replace(b'\xff', b'\xff\0')


def checked(jpeg, values):
    assert (imagecodecs.jpeg_decode(jpeg) == values).all()
    return jpeg


def decoded(jpegs):
    """As libjpeg-turbo decodes, in the colours of the file."""
    return np.stack([imagecodecs.jpeg_decode(jpeg) for jpeg in jpegs])


a = image(12, 2)
write('deflated', a, 12, DEFLATED, a.tobytes())
for bits, signed in ((8, False), (10, False), (12, True), (14, False), (16, True)):
    a = image(bits, 3, signed)
    by_gdcm(f'sv1-{bits}', a, bits, SV1, 'JPEGLosslessProcess14_1')
for bits in (8, 16):
    a = extremes(bits)
    write(f'sv1-extremes-{bits}', a, bits, SV1, encapsulate([checked(turbo(a[0], bits, 1), a[0])]))
for predictor, bits in enumerate((9, 11, 12, 13, 15, 16), 2):
    a = image(bits, noise=40)
    write(f'predictor-{predictor}', a, bits, LOSSLESS, encapsulate([checked(turbo(a[0], bits, predictor), a[0])]))
a = image(12)
write('restart', a, 12, SV1, encapsulate([checked(lossless([a[0]], 12, restart=2), a[0])]))
a = image(12) & 0xffc
write('point-transform', a, 12, SV1, encapsulate([checked(lossless([a[0]], 12, shift=2), a[0])]))
c = np.stack([image(8, 2), image(8, 2)[:, ::-1], image(8, 2)[:, :, ::-1]], -1)
write('rgb-scans', c[:1], 8, SV1, encapsulate([lossless(list(np.moveaxis(c[0], 2, 0)), 8, separate=True)]), 'RGB')
by_gdcm('rgb-sv1', c, 8, SV1, 'JPEGLosslessProcess14_1', 'RGB')
a = image(12, 3)
jpegs = [turbo(f, 12, 1) for f in a]
write('fragments-table', a, 12, SV1, encapsulate(jpegs, fragments_per_frame=3, has_bot=True))
write('fragments', a, 12, SV1, encapsulate(jpegs, fragments_per_frame=3, has_bot=False))
write('fragments-one-frame', a[:1], 12, SV1, encapsulate(jpegs[:1], fragments_per_frame=3, has_bot=False))
by_gdcm('rle-12', image(12, 2, True), 12, RLE, 'RLELossless')
by_gdcm('rle-8', image(8, 2, noise=0), 8, RLE, 'RLELossless')
by_gdcm('rle-rgb', c, 8, RLE, 'RLELossless', 'RGB')
a = image(8, 2)
jpegs = [imagecodecs.jpeg_encode(f, level=85) for f in a]
write('baseline', a, 8, BASELINE, encapsulate(jpegs), truth=decoded(jpegs))
jpegs = []
for f in c:
    file = io.BytesIO()
    Image.fromarray(f).save(file, 'JPEG', quality=90, subsampling='4:2:2')
    jpegs.append(file.getvalue())
write('baseline-422', c, 8, BASELINE, encapsulate(jpegs), 'YBR_FULL_422', decoded(jpegs))
a = image(12)
write('extended-12', a, 12, EXTENDED, encapsulate([imagecodecs.jpeg_encode(a[0], level=90, bitspersample=12)]))
sys.stdout.flush()
os._exit(0)
