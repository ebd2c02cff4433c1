//! `check`: the configuration, completely, offline. Reading it has done the work.

use std::path::Path;

use crate::config::{Config, SecretText};
use crate::fetch;

use super::Failure;
use super::output::say;

/// Whether a program is a file, or one in the `PATH`.
fn can_be_found(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    std::env::var_os("PATH").is_some_and(|paths| std::env::split_paths(&paths).any(|folder| folder.join(program).is_file()))
}

/// Tells that all is well, which commands are not found, which secrets the environment lacks, and whether a browser that is needed is missing.
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
    let hooks = config.hooks.on_failure.iter().chain(&config.hooks.on_new_items);
    for command in hooks.chain(config.sources.iter().filter_map(|source| source.transform.as_ref())) {
        if let Some(program) = command.first().filter(|program| !can_be_found(program)) {
            anstream::eprintln!("warning: the command `{program}` is not found");
        }
    }
    if !quiet {
        say!("{} is right: {} sources, {} feeds", config.path.display(), config.sources.len(), config.feeds.len());
    }
    Ok(())
}
