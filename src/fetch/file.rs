//! Saved pages on this machine, named by the configuration only.

use std::path::Path;

use jiff::Timestamp;

use super::charset;
use super::error::Error;
use crate::model::{Page, Validators};
use crate::url::Url;

/// The largest file that is read: a page is never larger.
const MAX_BYTES: u64 = 50 << 20;

/// The text of a saved page's bytes, by what they and the page itself say of its encoding.
pub fn text_of(bytes: Vec<u8>, url: &Url) -> String {
    charset::decode(bytes, "", url.host()).text
}

/// Reads a saved page as if it had been fetched from `url`. A `.gz` file is not unpacked.
pub fn read(path: &Path, url: &Url, now: Timestamp) -> Result<Page, Error> {
    let fail = |why: String| Error::File { path: path.display().to_string(), why };
    let metadata = std::fs::metadata(path).map_err(|error| fail(error.to_string()))?;
    if metadata.len() > MAX_BYTES {
        return Err(fail(format!("it is larger than {MAX_BYTES} bytes")));
    }
    let bytes = std::fs::read(path).map_err(|error| fail(error.to_string()))?;
    let wire = bytes.len() as u64;
    let text = text_of(bytes, url);
    Ok(Page {
        url: url.clone(),
        asked: url.clone(),
        status: 200,
        media_type: String::new(),
        text,
        validators: Validators::default(),
        fetched_at: now,
        hops: Vec::new(),
        fresh_for: None,
        bytes: wire,
        link_headers: Vec::new(),
    })
}
