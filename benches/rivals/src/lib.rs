//! The pages that the benchmarks read.

use std::error::Error;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use feedwright::url::Url;

/// A page in memory.
pub struct Page {
    pub text: String,
    pub address: String,
    pub url: Url,
}

/// The pages that a manifest names (`{"path", "url"}` a line, as `feedwright extract --batch` reads it), or those of the sample newsroom without one.
pub fn pages(manifest: Option<&str>) -> Result<Vec<Page>, Box<dyn Error>> {
    match manifest {
        Some(manifest) => named(Path::new(manifest)),
        None => sample(),
    }
}

fn named(manifest: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let read_line = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line)?;
        let told = |key: &str| entry[key].as_str().ok_or(format!("expected `{key}` in {line}"));
        read(&folder.join(told("path")?), told("url")?)
    };
    fs::read_to_string(manifest)?.lines().map(read_line).collect()
}

fn sample() -> Result<Vec<Page>, Box<dyn Error>> {
    let newsroom = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample/newsroom");
    let mut paths: Vec<PathBuf> = fs::read_dir(newsroom)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "html"));
    paths.sort();
    paths.iter().map(|path| read(path, "https://relay.meridian.example/news/1")).collect()
}

fn read(path: &Path, address: &str) -> Result<Page, Box<dyn Error>> {
    let mut bytes = fs::read(path)?;
    if path.extension().is_some_and(|end| end == "gz") {
        let packed = std::mem::take(&mut bytes);
        flate2::read::MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
    }
    let url = Url::parse(address)?;
    Ok(Page { text: feedwright::fetch::file::text_of(bytes, &url), address: address.to_owned(), url })
}
