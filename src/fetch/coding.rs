//! Unpacking of `Content-Encoding` as bytes arrive, with caps on what comes out (RFC 9110, section 8.4; RFC 9659 for zstd's window).
//!
//! Done here and not in the client, which would not say how many bytes went in. Every layer writes into the next; the last one is a
//! vector that refuses to grow past its cap, so a bomb costs the cap and no more.

use std::io::{self, Write};

use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// What the fetcher unpacks, for `Accept-Encoding`.
pub(super) const ACCEPTED: &str = "gzip, br, zstd, deflate";
/// Real servers apply one coding; a proxy may add a second.
const MAX_LAYERS: usize = 3;
/// Below this size the ratio says nothing: a short page of one repeated word packs splendidly.
const RATIO_FLOOR: u64 = 1 << 20;
/// zstd's window for HTTP is at most 8 MiB (RFC 9659).
const ZSTD_WINDOW_LOG: u32 = 23;
/// Size of brotli's output buffer.
const BROTLI_BUFFER: usize = 16 << 10;

/// A body beyond this size is a large one.
pub(super) const LARGE: usize = 1 << 20;
/// A large body gets so much room at once, of which only what it fills is ever taken. glibc learns from a smaller block that was returned to
/// keep as much in hand for each thread from then on, which was about a hundred megabytes after a few large pages; of blocks beyond
/// 32 MiB it learns nothing (mallopt(3), `M_MMAP_THRESHOLD`).
const LARGE_ROOM: usize = 33 << 20;

/// Why unpacking stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// More came out than the cap allows.
    TooLarge,
    /// More came out than a page of this packed size ever holds.
    Bomb,
    /// The coding is broken, cut off or unknown.
    Broken(String),
}

/// A body that is being unpacked.
pub(super) struct Unpacker {
    layer: Layer,
    taken: u64,
    max_ratio: u32,
}

enum Layer {
    Bytes(Capped),
    Gzip(Box<MultiGzDecoder<Layer>>),
    Deflate(Box<Deflate>),
    Brotli(Box<brotli_decompressor::DecompressorWriter<Layer>>),
    Zstd(Box<zstd::stream::write::Decoder<'static, Layer>>),
}

/// The end of the line: a vector with a cap.
struct Capped {
    bytes: Vec<u8>,
    max: u64,
}

impl Unpacker {
    /// An unpacker for the codings named by the header, in the order that they were applied.
    pub(super) fn new(codings: &str, max_bytes: u64, max_ratio: u32) -> Result<Self, Fault> {
        let names: Vec<String> =
            codings.split(',').map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty() && name != "identity").collect();
        if names.len() > MAX_LAYERS {
            return Err(Fault::Broken(format!("its body is packed {} times over", names.len())));
        }
        let mut layer = Layer::Bytes(Capped { bytes: Vec::new(), max: max_bytes });
        // The coding that was applied first is the innermost one, next to the text.
        for name in &names {
            layer = Layer::wrap(name, layer)?;
        }
        Ok(Self { layer, taken: 0, max_ratio })
    }

    /// Takes the next bytes from the wire.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.taken += bytes.len() as u64;
        let result = self.layer.write_all(bytes);
        self.judge(result)
    }

    /// How many bytes have come out so far.
    pub(super) fn unpacked(&self) -> u64 {
        self.layer.capped().map_or(0, |capped| capped.bytes.len() as u64)
    }

    /// The text's bytes, once everything has been pushed.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Fault> {
        let result = if self.taken == 0 { Ok(()) } else { self.layer.finish() };
        self.judge(result)?;
        Ok(self.layer.into_bytes())
    }

    fn judge(&self, result: io::Result<()>) -> Result<(), Fault> {
        let (out, max) = self.layer.capped().map_or((0, 0), |capped| (capped.bytes.len() as u64, capped.max));
        if !matches!(self.layer, Layer::Bytes(_)) && out > RATIO_FLOOR && out / self.taken.max(1) > u64::from(self.max_ratio) {
            return Err(Fault::Bomb);
        }
        match result {
            Ok(()) => Ok(()),
            Err(_) if out >= max => Err(Fault::TooLarge),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Fault::Broken("its packed body is cut off".to_owned())),
            Err(error) => Err(Fault::Broken(format!("its packed body is broken ({error})"))),
        }
    }
}

impl Layer {
    fn wrap(name: &str, inner: Self) -> Result<Self, Fault> {
        Ok(match name {
            "gzip" | "x-gzip" => Self::Gzip(Box::new(MultiGzDecoder::new(inner))),
            "deflate" => Self::Deflate(Box::new(Deflate::Undecided(Some(inner)))),
            "br" => Self::Brotli(Box::new(brotli_decompressor::DecompressorWriter::new(inner, BROTLI_BUFFER))),
            "zstd" => {
                let broken = |error: io::Error| Fault::Broken(error.to_string());
                let mut decoder = zstd::stream::write::Decoder::new(inner).map_err(broken)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(broken)?;
                Self::Zstd(Box::new(decoder))
            }
            _ => return Err(Fault::Broken(format!("its body is packed in an unknown way, `{name}`"))),
        })
    }

    fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Bytes(_) => Ok(()),
            Self::Gzip(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut().finish()
            }
            Self::Deflate(decoder) => decoder.finish(),
            Self::Brotli(decoder) => {
                decoder.close()?;
                decoder.get_mut().finish()
            }
            Self::Zstd(decoder) => {
                decoder.do_finish()?;
                decoder.get_mut().finish()
            }
        }
    }

    fn capped(&self) -> Option<&Capped> {
        let mut layer = self;
        loop {
            layer = match layer {
                Self::Bytes(capped) => return Some(capped),
                Self::Gzip(decoder) => decoder.get_ref(),
                Self::Deflate(decoder) => decoder.get_ref()?,
                Self::Brotli(decoder) => decoder.get_ref(),
                Self::Zstd(decoder) => decoder.get_ref(),
            };
        }
    }

    fn into_bytes(mut self) -> Vec<u8> {
        let mut layer = &mut self;
        loop {
            layer = match layer {
                Self::Bytes(capped) => return std::mem::take(&mut capped.bytes),
                Self::Gzip(decoder) => decoder.get_mut(),
                Self::Deflate(decoder) => match decoder.get_mut() {
                    Some(inner) => inner,
                    None => return Vec::new(),
                },
                Self::Brotli(decoder) => decoder.get_mut(),
                Self::Zstd(decoder) => decoder.get_mut(),
            };
        }
    }
}

impl Write for Layer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Bytes(capped) => capped.write(bytes),
            Self::Gzip(decoder) => decoder.write(bytes),
            Self::Deflate(decoder) => decoder.write(bytes),
            Self::Brotli(decoder) => decoder.write(bytes),
            Self::Zstd(decoder) => decoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.max.saturating_sub(self.bytes.len() as u64);
        let taken = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        if self.bytes.len() + taken > LARGE && self.bytes.capacity() < LARGE_ROOM {
            // Where there is no such room, it grows as it does.
            _ = self.bytes.try_reserve_exact(LARGE_ROOM - self.bytes.len());
        }
        self.bytes.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        if taken < bytes.len() { Err(io::Error::other("the cap is reached")) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `deflate` means zlib, but some servers send the bare stream: the first byte tells.
enum Deflate {
    Undecided(Option<Layer>),
    Zlib(ZlibDecoder<Layer>),
    Bare(DeflateDecoder<Layer>),
}

impl Deflate {
    fn get_ref(&self) -> Option<&Layer> {
        match self {
            Self::Undecided(inner) => inner.as_ref(),
            Self::Zlib(decoder) => Some(decoder.get_ref()),
            Self::Bare(decoder) => Some(decoder.get_ref()),
        }
    }

    fn get_mut(&mut self) -> Option<&mut Layer> {
        match self {
            Self::Undecided(inner) => inner.as_mut(),
            Self::Zlib(decoder) => Some(decoder.get_mut()),
            Self::Bare(decoder) => Some(decoder.get_mut()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Undecided(_) => Ok(()),
            Self::Zlib(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut().finish()
            }
            Self::Bare(decoder) => {
                decoder.try_finish()?;
                decoder.get_mut().finish()
            }
        }
    }
}

impl Write for Deflate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(first) = bytes.first() else { return Ok(0) };
        if let Self::Undecided(inner) = self
            && let Some(inner) = inner.take()
        {
            // RFC 1950: the low four bits of zlib's first byte are 8, and its window is at most 32 KiB.
            let zlib = first & 0x0f == 8 && first >> 4 <= 7;
            *self = if zlib { Self::Zlib(ZlibDecoder::new(inner)) } else { Self::Bare(DeflateDecoder::new(inner)) };
        }
        match self {
            Self::Undecided(_) => Ok(0),
            Self::Zlib(decoder) => decoder.write(bytes),
            Self::Bare(decoder) => decoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).unwrap()
    }

    fn unpack(codings: &str, bytes: &[u8], max: u64) -> Result<Vec<u8>, Fault> {
        let mut unpacker = Unpacker::new(codings, max, 200)?;
        for chunk in bytes.chunks(100) {
            unpacker.push(chunk)?;
        }
        unpacker.finish()
    }

    const TEXT: &[u8] = b"the text of a page, the text of a page, the text of a page";

    #[test]
    fn every_coding_is_unpacked() {
        let brotli = [11, 6, 128, b'h', b'e', b'l', b'l', b'o', b' ', b'w', b'o', b'r', b'l', b'd', b'!', 10, 3];
        assert_eq!(unpack("br", &brotli, 1000).as_deref(), Ok(&b"hello world!\n"[..]));
        for (codings, bytes) in [
            ("", TEXT.to_vec()),
            ("identity", TEXT.to_vec()),
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("gzip", [gzip(&TEXT[..10]), gzip(&TEXT[10..])].concat()),
            ("deflate", zlib(TEXT)),
            ("deflate", deflate(TEXT)),
            ("zstd", zstd(TEXT)),
            ("zstd, gzip", gzip(&zstd(TEXT))),
            ("gzip, zstd", zstd(&gzip(TEXT))),
        ] {
            assert_eq!(unpack(codings, &bytes, 1000).as_deref(), Ok(TEXT), "{codings}");
        }
    }

    #[test]
    fn an_empty_body_needs_no_coding() {
        for codings in ["gzip", "br", "zstd", "deflate"] {
            assert_eq!(unpack(codings, b"", 1000), Ok(Vec::new()), "{codings}");
        }
    }

    #[test]
    fn bombs_do_not_go_off() {
        let zeros = vec![0; 20 << 20];
        for (codings, bytes) in [
            ("gzip", gzip(&zeros)),
            ("deflate", zlib(&zeros)),
            ("zstd", zstd(&zeros)),
            ("gzip, gzip", gzip(&gzip(&zeros))),
            ("zstd, gzip", gzip(&zstd(&zeros))),
        ] {
            assert_eq!(unpack(codings, &bytes, 10 << 20), Err(Fault::Bomb), "{codings}");
        }
        assert_eq!(unpack("gzip", &gzip(TEXT), 10), Err(Fault::TooLarge));
        assert_eq!(unpack("", TEXT, 10), Err(Fault::TooLarge));
        assert_eq!(unpack("", TEXT, TEXT.len() as u64).as_deref(), Ok(TEXT));
    }

    #[test]
    fn a_body_that_is_cut_off_is_not_passed_off_as_whole() {
        let text: Vec<u8> = (0..50_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (codings, bytes) in [("gzip", gzip(&text)), ("deflate", zlib(&text)), ("deflate", deflate(&text)), ("zstd", zstd(&text))] {
            let half = &bytes[..bytes.len() / 2];
            assert!(matches!(unpack(codings, half, 1 << 20), Err(Fault::Broken(_))), "{codings}");
        }
    }

    #[test]
    fn nonsense_is_named() {
        assert!(matches!(unpack("gzip", TEXT, 1000), Err(Fault::Broken(_))));
        assert!(matches!(unpack("br", &[0xff; 50], 1000), Err(Fault::Broken(_))));
        assert!(matches!(unpack("zstd", TEXT, 1000), Err(Fault::Broken(_))));
        assert!(matches!(unpack("rot13", TEXT, 1000), Err(Fault::Broken(_))));
        assert!(matches!(unpack("gzip,gzip,gzip,gzip", TEXT, 1000), Err(Fault::Broken(_))));
    }
}
