//! `init`: a configuration to start from.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use super::Failure;

/// The starting configuration; a test reads it.
pub(super) const STARTING: &str = include_str!("../config/starting.toml");

/// Writes the starting configuration, never over one that is there.
pub(super) fn init(path: &Path) -> Result<(), Failure> {
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = created.with_context(|| format!("cannot create `{}`", path.display())).map_err(|error| {
        Failure::Usage(error, Some("`feedwright init` never writes over a file; `--config FILE` names another".to_owned()))
    })?;
    file.write_all(STARTING.as_bytes())?;
    anstream::eprintln!("wrote {}; next: feedwright add URL", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starting_configuration_reads() {
        let config = crate::config::Config::parse(Path::new("config.toml"), STARTING).unwrap();
        assert!(config.sources.is_empty());
    }
}
