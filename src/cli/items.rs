//! `forget`, `prune` and `backup`: the store by hand.

use std::path::PathBuf;

use anyhow::anyhow;
use jiff::Timestamp;

use crate::config::{Config, Wait};
use crate::curate::identity;
use crate::store::{Lock, Locked, Store};
use crate::url::Url;

use super::Failure;

/// Take out one item.
#[derive(Debug, clap::Args)]
pub(super) struct Forget {
    /// Its address, in any spelling
    url: String,
}

/// Take out old items.
#[derive(Debug, clap::Args)]
pub(super) struct Prune {
    /// Older than this: `90d`, `52w`
    #[arg(long, value_name = "AGE")]
    older_than: Option<String>,
    /// All but so many of each source
    #[arg(long, value_name = "N")]
    keep: Option<usize>,
}

/// Copy the store.
#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The copy; must not exist yet
    file: PathBuf,
}

/// Takes out the item at an address.
pub(super) fn forget(config: &Config, arguments: &Forget) -> Result<(), Failure> {
    let url = Url::parse(&arguments.url).map_err(|error| Failure::usage(anyhow!("`{}` is not an address: {error}", arguments.url)))?;
    let (_lock, mut store) = open(config)?;
    match store.forget(&identity::key(&url))? {
        0 => Err(Failure::usage(anyhow!("no item has the address `{url}`"))),
        count => {
            anstream::eprintln!("{count} item(s) taken out; `feedwright run` publishes the feeds without");
            Ok(())
        }
    }
}

/// Takes out what is old.
pub(super) fn prune(config: &Config, arguments: &Prune) -> Result<(), Failure> {
    if arguments.older_than.is_none() && arguments.keep.is_none() {
        return Err(Failure::usage(anyhow!("expected `--older-than AGE` or `--keep N`")));
    }
    let before = arguments.older_than.as_deref().map(age).transpose()?;
    let (_lock, mut store) = open(config)?;
    let mut count = 0;
    for source in &config.sources {
        count += store.prune(&source.name, arguments.keep, before)?;
    }
    anstream::eprintln!("{count} item(s) taken out; `feedwright run` publishes the feeds without");
    Ok(())
}

/// Copies the store to a new file.
pub(super) fn backup(config: &Config, arguments: &Backup) -> Result<(), Failure> {
    if arguments.file.exists() {
        return Err(Failure::usage(anyhow!("`{}` exists already", arguments.file.display())));
    }
    Ok(Store::open(&config.store)?.backup(&arguments.file)?)
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
