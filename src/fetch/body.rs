//! Reading a body: unpacked as it arrives, within its budgets of bytes and time.

use std::time::Instant;

use tokio::sync::Semaphore;

use super::client::{self, Response};
use super::coding::{Fault, LARGE, Unpacker};
use super::error::Error;
use super::options::Options;
use crate::url::Url;

/// A body, unpacked, and how many bytes it was on the wire.
pub(super) struct Read {
    pub(super) bytes: Vec<u8>,
    pub(super) wire: u64,
}

/// So many large bodies are read at the same time, whatever else goes on: with the cap on each, they bound the memory of all.
pub(super) const LARGE_AT_ONCE: usize = 4;

/// Reads the whole body of an answer. `began` is when the request was sent; `large` lets so many large ones through.
pub(super) async fn read(
    mut response: Response,
    url: &Url,
    options: &Options,
    max_bytes: u64,
    began: Instant,
    large: &Semaphore,
) -> Result<Read, Error> {
    let codings =
        response.headers().get_all("content-encoding").iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    let fail = |fault: Fault| explain(fault, url, options, max_bytes);
    let mut unpacker = Unpacker::new(&codings, max_bytes, options.max_ratio).map_err(fail)?;
    let mut wire = 0;
    let too_long = || Error::Timeout { url: url.clone(), phase: "the whole page", limit: options.total_timeout };
    let mut turn = None;
    loop {
        let left = options.total_timeout.checked_sub(began.elapsed()).ok_or_else(too_long)?;
        if turn.is_none() && unpacker.unpacked() > LARGE as u64 {
            turn = tokio::time::timeout(left, large.acquire()).await.map_err(|_| too_long())?.ok();
        }
        let chunk = tokio::time::timeout(options.idle_timeout.min(left), response.chunk()).await;
        let chunk = chunk.map_err(|_| match left < options.idle_timeout {
            true => too_long(),
            false => Error::Timeout { url: url.clone(), phase: "a pause in the body", limit: options.idle_timeout },
        })?;
        match chunk.map_err(|error| client::explain(&error, url, "reading the body"))? {
            Some(bytes) => {
                wire += bytes.len() as u64;
                unpacker.push(&bytes).map_err(fail)?;
            }
            None => return Ok(Read { bytes: unpacker.finish().map_err(fail)?, wire }),
        }
    }
}

fn explain(fault: Fault, url: &Url, options: &Options, max_bytes: u64) -> Error {
    match fault {
        Fault::TooLarge => Error::TooLarge { url: url.clone(), what: "its body", limit: max_bytes },
        Fault::Bomb => Error::Bomb { url: url.clone(), ratio: options.max_ratio },
        Fault::Broken(why) => Error::Malformed { url: url.clone(), why },
    }
}
