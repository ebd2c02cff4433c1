//! Changing seeds: bits, numbers, pieces moved, doubled and swapped between seeds, and words that parsers are known to trip over.

use fastrand::Rng;

/// Inputs grow no larger: the point is odd pages, not large ones.
const LARGEST: usize = 64 << 10;
/// Words of many formats, with the values at their edges.
const WORDS: [&[u8]; 44] = [
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</p>",
    b"<table>",
    b"<svg>",
    b"<template>",
    b"<noscript>",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&#x10FFFF;",
    b"\"",
    b"'",
    b"=",
    b"\0",
    b"\x1b",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x92\xa9",
    b"\r\n",
    b"\n\n",
    b"\t",
    b"%",
    b"%00",
    b"*",
    b"$",
    b"..",
    b"//",
    b"99999999999999999999",
    b"-1",
    b"0",
    b"2026-02-30T25:61:61Z",
    b"1e999",
    b"[[[[",
    b"{\"",
];

/// An endless supply of changed seeds.
pub(super) struct Mutator {
    seeds: Vec<Vec<u8>>,
    random: Rng,
}

impl Mutator {
    pub(super) fn new(seeds: Vec<Vec<u8>>, number: u64) -> Self {
        Self { seeds, random: Rng::with_seed(number) }
    }

    /// The next input.
    pub(super) fn next(&mut self) -> Vec<u8> {
        let mut input = self.seed();
        for _ in 0..1 + self.random.usize(..8) {
            self.change(&mut input);
        }
        input.truncate(LARGEST);
        input
    }

    fn seed(&mut self) -> Vec<u8> {
        let place = self.random.usize(..self.seeds.len());
        self.seeds[place].clone()
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.random.usize(..=input.len());
        let piece = self.piece(input);
        match self.random.u8(..10) {
            0 if at < input.len() => input[at] ^= 1 << self.random.u8(..8),
            1 if at < input.len() => input[at] = self.random.u8(..),
            2 => drop(input.drain(piece)),
            3 => {
                let copy = input[piece].to_vec();
                insert(input, at, &copy);
            }
            4 => {
                // A piece over and over: nesting, and what is quadratic.
                let times = 1 << self.random.u32(..11);
                let copy = input[piece].repeat(times.min(LARGEST));
                insert(input, at, &copy[..copy.len().min(LARGEST)]);
            }
            5 => {
                let other = self.seed();
                let piece = self.piece(&other);
                insert(input, at, &other[piece]);
            }
            6 => {
                let word = WORDS[self.random.usize(..WORDS.len())].repeat(1 << self.random.u32(..6));
                insert(input, at, &word);
            }
            7 => input.truncate(at),
            8 => {
                let copy = input[piece].to_ascii_uppercase();
                insert(input, at, &copy);
            }
            _ => insert(input, at, WORDS[self.random.usize(..WORDS.len())]),
        }
    }

    /// Some range, mostly a short one.
    fn piece(&mut self, input: &[u8]) -> std::ops::Range<usize> {
        let start = self.random.usize(..=input.len());
        let longest = if self.random.u8(..4) == 0 { input.len() - start } else { 64.min(input.len() - start) };
        start..start + self.random.usize(..=longest)
    }
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if input.len() + bytes.len() <= LARGEST {
        input.splice(at..at, bytes.iter().copied());
    }
}
