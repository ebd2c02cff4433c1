//! Getting pages from the network, politely.

/// How pages are fetched (stand-in).
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Options {
    /// Pause.
    pub spacing: String,
}
