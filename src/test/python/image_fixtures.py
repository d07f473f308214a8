"""Writes images of ImageFileTest into its folder; prints the hashes of what Pillow's convert("L") makes of them.

    pip install numpy pillow tifffile
    python image_fixtures.py ../resources/files/images
"""
import hashlib
import os
import sys

import numpy as np
import tifffile
from PIL import Image, ImageCms

os.chdir(sys.argv[1])
y, x = np.mgrid[:14, :22]
color = Image.fromarray(np.stack([x * 11, y * 18, (x + y) * 7], -1).astype(np.uint8))
grey = color.convert('L')
alpha = color.copy()
alpha.putalpha(grey)

# sRGB with another red, as of a display: whoever applies it changes the values.
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes())
entry = profile.index(b'rXYZ')
at = int.from_bytes(profile[entry + 4:entry + 8], 'big') + 8
profile[at:at + 4] = (50000).to_bytes(4, 'big')
profile = bytes(profile)
turned = Image.Exif()
turned[0x112] = 6

color.save('profile.jpg', quality=90, icc_profile=profile)
color.save('profile.png', icc_profile=profile)
color.save('turned.jpg', quality=90, exif=turned)
color.quantize(32).save('palette.tif', compression='tiff_lzw')
color.quantize(32).save('palette-transparent.png', transparency=3)
color.save('jpeg.tif', compression='jpeg')
tifffile.imwrite('tiled.tif', np.asarray(color), photometric='rgb', tile=(16, 16))
for name in ('profile.jpg', 'profile.png', 'turned.jpg', 'palette.tif', 'palette-transparent.png', 'jpeg.tif', 'tiled.tif'):
    print(f'"{name}, {hashlib.sha256(np.asarray(Image.open(name).convert("L")).tobytes()).hexdigest()}",')

# Not read: the message is tested.
color.convert('CMYK').save('cmyk.jpg')
alpha.save('jpeg-alpha.tif', compression='jpeg')
grey.save('lzma.tif', compression='lzma')
Image.fromarray(np.asarray(grey).astype(np.uint16)).save('predictor.tif', compression='tiff_lzw', tiffinfo={317: 2})
grey.save('big.tif', big_tiff=True)
color.quantize(8).save('changes.gif', save_all=True, append_images=[color.rotate(180).quantize(8)], transparency=1)
