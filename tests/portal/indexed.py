"""Pictures of pages as small PNG files: with the colours that a page needs, each by its number."""

import struct
import zlib
from base64 import b64decode, b64encode

from playwright.async_api import Page

COLOURS = 64
_INDEXED, _DEPTH = 3, 8
_COUNT = """
async ([png, most]) => {
    const bitmap = await createImageBitmap(await (await fetch(png)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(bitmap, 0, 0);
    const {data} = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const pixels = new Uint32Array(data.buffer);
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    const kept = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
    const colours = kept.map(([pixel]) => [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255]);
    const nearest = new Map(kept.map(([pixel], place) => [pixel, place]));
    const place = pixel => {
        const [r, g, b] = [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255];
        const far = colours.map(c => (c[0] - r) ** 2 + (c[1] - g) ** 2 + (c[2] - b) ** 2);
        return far.indexOf(Math.min(...far));
    };
    const numbers = new Uint8Array(pixels.length);
    pixels.forEach((pixel, at) => {
        if (!nearest.has(pixel)) nearest.set(pixel, place(pixel));
        numbers[at] = nearest.get(pixel);
    });
    let told = "";
    for (let at = 0; at < numbers.length; at += 32768)
        told += String.fromCharCode(...numbers.subarray(at, at + 32768));
    return [bitmap.width, bitmap.height, colours.flat(), btoa(told)];
}
"""


async def indexed(page: Page, png: bytes) -> bytes:
    """The picture in its most frequent colours, each pixel in the one nearest to its own.

    `page` is one on which scripts may run, such as `about:blank`.
    """
    address = f"data:image/png;base64,{b64encode(png).decode()}"
    width, height, palette, numbers = await page.evaluate(_COUNT, [address, COLOURS])
    rows = b64decode(numbers)
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, _DEPTH, _INDEXED, 0, 0, 0)),
            _chunk(b"PLTE", bytes(palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
