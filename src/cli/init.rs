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

    #[test]
    fn every_key_that_it_suggests_exists() {
        let prose = |line: &str| !(line.contains(" = ") || line.trim_start_matches("# ").starts_with('['));
        let suggested: Vec<&str> = STARTING.lines().map(|line| if prose(line) { "" } else { line.trim_start_matches("# ") }).collect();
        let config = crate::config::Config::parse(Path::new("config.toml"), &suggested.join("\n")).unwrap();
        assert_eq!((config.sources.len(), config.feeds.len()), (1, 1));
        assert!(config.publish.health && config.sources[0].keep_age.is_some() && config.hooks.on_failure.is_some());
    }
}
