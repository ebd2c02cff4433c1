//! `forget`, `prune`, `backup`, and items in and out: the store by hand.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use serde_json::json;

use crate::config::{Config, Wait};
use crate::curate::identity;
use crate::html::sanitize;
use crate::model::Item;
use crate::publish::Disk;
use crate::store::{Keep, Lock, Locked, Store, Stored};
use crate::url::Url;

use super::Failure;

/// Take out one item.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It goes from the store, the feeds and the archives, and stays away even while its page still lists it. `--undo` lets it come \
                        back when it is listed; `import --items` brings back what `export --items` had saved."
)]
pub(super) struct Forget {
    /// Its address, in any spelling
    url: String,
    /// Let a forgotten article come back
    #[arg(long)]
    undo: bool,
}

/// Take out old items.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is pruned stays away while it is still listed. For every run to prune by itself, set `keep`, `keep-age` or `keep-bytes` \
                        of a source: those go by whole archives, and never touch what the feed shows."
)]
pub(super) struct Prune {
    /// Older than this: `90d`, `52w`
    #[arg(long, value_name = "AGE")]
    older_than: Option<String>,
    /// All but so many of each source
    #[arg(long, value_name = "N")]
    keep: Option<usize>,
    /// Remove the feed files of sources that the configuration no longer has; `status` lists them
    #[arg(long)]
    orphans: bool,
}

/// Copy the store.
#[derive(Debug, clap::Args)]
#[command(after_help = "The copy is checked from end to end: a store that is damaged is told, and gives no copy.")]
pub(super) struct Backup {
    /// The copy; must not exist yet
    file: PathBuf,
}

/// Takes out the item at an address.
pub(super) fn forget(config: &Config, arguments: &Forget) -> Result<(), Failure> {
    let url = Url::parse(&arguments.url).map_err(|error| Failure::usage(anyhow!("`{}` is not an address: {error}", arguments.url)))?;
    let (_lock, mut store) = open(config)?;
    if arguments.undo {
        return match store.recall(&identity::key(&url))? {
            0 => Err(Failure::usage(anyhow!("nothing was forgotten at the address `{url}`"))),
            count => {
                anstream::eprintln!("{count} article(s) may come back: at the next poll that finds them listed");
                Ok(())
            }
        };
    }
    match store.forget(&identity::key(&url))? {
        0 => Err(Failure::usage(anyhow!("no item has the address `{url}`"))),
        count => {
            anstream::eprintln!(
                "{count} item(s) taken out for good (`--undo` lets them come back); `feedwright run` publishes the feeds without"
            );
            Ok(())
        }
    }
}

/// Takes out what is old.
pub(super) fn prune(config: &Config, arguments: &Prune) -> Result<(), Failure> {
    if arguments.older_than.is_none() && arguments.keep.is_none() && !arguments.orphans {
        return Err(Failure::usage(anyhow!("expected `--older-than AGE`, `--keep N` or `--orphans`")));
    }
    if arguments.orphans {
        let (_lock, store) = open(config)?;
        let disk = Disk::open(&config.publish.dir).map_err(crate::run::Error::from)?;
        for file in crate::run::orphans(config, &store, &disk.names())? {
            disk.remove(&file).map_err(crate::run::Error::from)?;
            anstream::eprintln!("removed {file}");
        }
        if arguments.older_than.is_none() && arguments.keep.is_none() {
            return Ok(());
        }
    }
    let before = arguments.older_than.as_deref().map(age).transpose()?;
    let (_lock, mut store) = open(config)?;
    let mut count = 0;
    for source in &config.sources {
        count += store.prune(&source.name, &Keep { items: arguments.keep, after: before, ..Keep::default() })?;
    }
    anstream::eprintln!("{count} item(s) taken out; `feedwright run` publishes the feeds without");
    Ok(())
}

/// Copies the store to a new file.
pub(super) fn backup(config: &Config, arguments: &Backup) -> Result<(), Failure> {
    if arguments.file.exists() {
        return Err(Failure::usage(anyhow!("`{}` exists already", arguments.file.display())));
    }
    Ok(Store::open_to_read(&config.store)?.backup(&arguments.file)?)
}

/// An item as a line of JSON, with the addresses that lead to it.
pub(super) fn line(stored: &Stored) -> String {
    let mut value = serde_json::to_value(&stored.item).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("keys".to_owned(), json!(stored.keys));
        object.insert("digest".to_owned(), json!(stored.digest));
    }
    value.to_string()
}

/// Takes in what `export --items` printed.
pub(super) fn take_in(config: &Config, path: &Path, dry_run: bool) -> Result<(), Failure> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display())).map_err(Failure::usage)?;
    let mut items = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let stored = read_line(line).with_context(|| format!("line {} of `{}` is no item", number + 1, path.display()));
        items.push(stored.map_err(Failure::usage)?);
    }
    if dry_run {
        anstream::eprintln!("{} item(s) would be taken in, those left out that are there", items.len());
        return Ok(());
    }
    let (_lock, mut store) = open(config)?;
    let taken = store.take_in(&items)?;
    anstream::eprintln!("{taken} of {} item(s) taken in; `feedwright run` publishes them", items.len());
    Ok(())
}

/// The body is made safe again: the file may come from anywhere.
fn read_line(line: &str) -> anyhow::Result<Stored> {
    let mut value: serde_json::Value = serde_json::from_str(line)?;
    let mut take = |name: &str| value.as_object_mut().and_then(|object| object.remove(name)).unwrap_or_default();
    let (keys, digest) = (take("keys"), take("digest"));
    let mut item: Item = serde_json::from_value(value)?;
    item.html = sanitize::fragment(item.html.as_str(), &item.url);
    let mut keys: Vec<String> = serde_json::from_value(keys).unwrap_or_default();
    if keys.is_empty() {
        keys.push(identity::key(&item.url));
    }
    Ok(Stored { item, keys, digest: digest.as_str().unwrap_or("").to_owned() })
}

fn age(text: &str) -> Result<Timestamp, Failure> {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let text: StrDeserializer<'_, Error> = text.into_deserializer();
    let Wait(age) = serde::Deserialize::deserialize(text).map_err(|error| Failure::usage(anyhow!("{error}")))?;
    Timestamp::now().checked_sub(age).map_err(|error| Failure::usage(anyhow!("{error}")))
}

fn open(config: &Config) -> Result<(Lock, Store), Failure> {
    match Lock::take(&config.store, Timestamp::now())? {
        Locked::Held(lock) => Ok((lock, Store::open(&config.store)?)),
        Locked::Busy(holder) => {
            Err(Failure::Stopped(anyhow!("a run is at work ({holder})"), Some("try again when it has ended".to_owned())))
        }
    }
}
