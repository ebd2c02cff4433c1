//! Adding a source to `config.toml`, with every comment and the order of things kept.

use std::fs;
use std::io::Write;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::Error;

/// Appends a `[[source]]` with these keys, in this order, and checks that the result still reads. Gives the new text.
pub fn append_source(path: &Path, text: &str, keys: &[(&str, Value)]) -> Result<String, Error> {
    let refuse = |reason: String| Error::Edit { path: path.to_path_buf(), reason };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| refuse(error.message().to_owned()))?;
    let mut table = Table::new();
    for (key, value) in keys {
        table.insert(key, Item::Value(value.clone()));
    }
    table.decor_mut().set_prefix("\n");
    let sources = document.entry("source").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let sources = sources.as_array_of_tables_mut().ok_or_else(|| refuse("`source` is not written as `[[source]]`".to_owned()))?;
    sources.push(table);
    let mut changed = document.to_string();
    if !changed.ends_with('\n') {
        changed.push('\n');
    }
    super::Config::parse(path, &changed)?;
    Ok(changed)
}

/// Replaces the file by a text, whole or not at all.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    let refuse = |error: std::io::Error| Error::Edit { path: path.to_path_buf(), reason: error.to_string() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(refuse)?;
    temporary.write_all(text.as_bytes()).and_then(|()| temporary.as_file().sync_all()).map_err(refuse)?;
    if let Ok(metadata) = fs::metadata(path) {
        temporary.as_file().set_permissions(metadata.permissions()).map_err(refuse)?;
    }
    temporary.persist(path).map(drop).map_err(|error| refuse(error.error))
}
