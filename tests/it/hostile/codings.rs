//! Bombs in each coding, and packed bodies that are broken.

use std::io::Write;

use flate2::Compression;

use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::Answer;

/// So many zeros are in each bomb: ten times what a page may be.
const ZEROS: usize = 20 << 20;
/// 20 MiB of zeros in brotli, written by the format's own tool.
const BROTLI_BOMB: &[u8] = &[
    0xcb, 0xff, 0xff, 0x3f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x8f, 0xff, 0xff, 0x7f, 0xf0, 0x4f, 0x00, 0xc4, 0x61,
    0x11, 0x80, 0xee, 0xfd, 0x5f, 0xfe, 0xff, 0xff, 0xe0, 0x9f, 0x00, 0x88, 0xc3, 0x02, 0x00, 0xdd, 0xfb, 0x1f,
];

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

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn packed(coding: &str, bytes: Vec<u8>) -> Answer {
    Answer::ok("text/html", bytes).with("Content-Encoding", coding)
}

pub(super) fn cases() -> Vec<Case> {
    let bomb = || vec![0; ZEROS];
    let page = || newsroom::listing(0..4).into_bytes();
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let noise: Vec<u8> = (0..50_000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let (bombs, cut) = ("unpacks to more than 200 times its size", "its packed body is cut off");
    let answers = [
        ("a gzip bomb", bombs, packed("gzip", gzip(&bomb()))),
        ("a deflate bomb", bombs, packed("deflate", zlib(&bomb()))),
        ("a zstd bomb", bombs, packed("zstd", zstd(&bomb()))),
        ("a brotli bomb", bombs, packed("br", BROTLI_BOMB.to_vec())),
        ("a bomb in a bomb", bombs, packed("gzip, gzip", gzip(&gzip(&bomb())))),
        ("a zstd bomb in gzip", bombs, packed("zstd, gzip", gzip(&zstd(&bomb())))),
        ("a large page that is no bomb", "its body is larger than 2000000 bytes", packed("gzip", gzip(&noise.repeat(50)))),
        ("gzip that is cut off", cut, packed("gzip", half(gzip(&page())))),
        ("zstd that is cut off", "its packed body is", packed("zstd", half(zstd(&page())))),
        ("deflate that is cut off", cut, packed("deflate", half(zlib(&page())))),
        ("brotli that is cut off", "its packed body is", packed("br", BROTLI_BOMB[..6].to_vec())),
        ("a page that only says it is gzip", "its packed body is broken", packed("gzip", page())),
        ("a coding that nobody knows", "packed in an unknown way, `rot13`", packed("rot13", page())),
        ("packed nine times over", "its body is packed 9 times over", packed(&["gzip"; 9].join(","), page())),
    ];
    let stops = answers.into_iter().map(|(name, words, answer)| {
        let words: &'static [&'static str] = Box::leak(Box::new([words]));
        case(name, Sees::Stops(words), move |stage| stage.front(answer.clone()))
    });
    let cut_short: &'static [&'static str] = Box::leak(Box::new([bombs]));
    let article = packed("gzip", gzip(&vec![0; ZEROS]));
    stops.chain([case("a bomb in place of an article", Sees::Reads(3, cut_short), move |stage| stage.article(article.clone()))]).collect()
}
