//! `check`: the configuration, completely, offline. Reading it has done the work.

use crate::config::{Config, SecretText};
use crate::fetch;

use super::Failure;

/// Tells that all is well, which secrets the environment lacks, and whether a browser that is needed is missing.
pub(super) fn check(config: &Config, quiet: bool) -> Result<(), Failure> {
    for source in &config.sources {
        let login = source.auth.iter().flat_map(|auth| auth.password.iter().chain(&auth.bearer));
        for secret in source.headers.values().chain(login) {
            if let SecretText::Environment(name) = secret
                && std::env::var_os(name).is_none()
            {
                anstream::eprintln!("warning: source `{}`: the environment variable `{name}` is not set", source.name);
            }
        }
    }
    if let Some(source) = config.sources.iter().find(|source| source.render)
        && let Err(error) = fetch::find_browser(&config.fetch)
    {
        anstream::eprintln!("warning: source `{}`: {error}", source.name);
    }
    if !quiet {
        anstream::println!("{} is right: {} sources, {} feeds", config.path.display(), config.sources.len(), config.feeds.len());
    }
    Ok(())
}
