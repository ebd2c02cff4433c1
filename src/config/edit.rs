//! Adding a source to `config.toml`, with every comment and the order of things kept.

use std::fs;
use std::io::Write;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::Error;
use crate::model::Relocation;

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

/// The text with the `listing` rules of a source replaced by those that find its list where it is now; all else is kept.
pub fn relocated(path: &Path, text: &str, source: &str, relocation: &Relocation) -> Result<String, Error> {
    let refuse = |reason: &str| Error::Edit { path: path.to_path_buf(), reason: reason.to_owned() };
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| refuse(error.message()))?;
    let sources = document.get_mut("source").and_then(Item::as_array_of_tables_mut).ok_or_else(|| refuse("there is no `[[source]]`"))?;
    let named = |table: &&mut Table| table.get("name").and_then(Item::as_str) == Some(source);
    let table = sources.iter_mut().find(named).ok_or_else(|| refuse("the source is not in the file"))?;
    let listing =
        table.get_mut("listing").and_then(Item::as_table_like_mut).ok_or_else(|| refuse("its `listing` rules are not its own"))?;
    for (key, rule) in [("item", &relocation.item), ("link", &relocation.link)] {
        match rule {
            Some(css) => {
                listing.insert(key, Item::Value(Value::from(css.as_str())));
            }
            None => {
                listing.remove(key);
            }
        }
    }
    // Rules for parts of items that are no more would only miss.
    for key in ["title", "date", "summary", "image", "author"] {
        listing.remove(key);
    }
    if listing.is_empty() {
        table.remove("listing");
    }
    let changed = document.to_string();
    super::Config::parse(path, &changed)?;
    Ok(changed)
}

/// What differs between two texts of a file, as a diff with a little context.
pub fn difference(path: &Path, before: &str, after: &str) -> String {
    const CONTEXT: usize = 3;
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - same;
    let same_after = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count().min(rest);
    let start = same.saturating_sub(CONTEXT);
    let end = (old.len() - same_after + CONTEXT).min(old.len());
    let shown_after = end - (old.len() - same_after);
    let counts = (end - start, (same - start) + (new.len() - same_after - same) + shown_after);
    let mut out = format!("--- {0}\n+++ {0}\n@@ -{1},{2} +{1},{3} @@\n", path.display(), start + 1, counts.0, counts.1);
    let mut push = |mark: char, lines: &[&str]| {
        for line in lines {
            out.push(mark);
            out.push_str(line);
            out.push('\n');
        }
    };
    push(' ', old.get(start..same).unwrap_or_default());
    push('-', old.get(same..old.len() - same_after).unwrap_or_default());
    push('+', new.get(same..new.len() - same_after).unwrap_or_default());
    push(' ', old.get(old.len() - same_after..end).unwrap_or_default());
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_list_changes_its_rules_and_nothing_else() {
        let before = "# Mine.\n[[source]]\nname = \"a\"\nurl = \"https://a.example/\"\n\n[[source]] # the second\nname = \"b\"\nurl = \"https://b.example/\"\n\
                      listing = { item = \"li.teaser\", date = \".d\", pages = 2 } # by hand\n";
        let relocation = Relocation {
            missed: "li.teaser".to_owned(),
            item: Some("div.card".to_owned()),
            link: Some("h2 a".to_owned()),
            known: 3,
            links: 9,
        };
        let path = Path::new("config.toml");
        let after = relocated(path, before, "b", &relocation).unwrap();
        let difference = difference(path, before, &after);
        assert!(difference.contains("\n-listing = { item = \"li.teaser\", date = \".d\", pages = 2 } # by hand\n"), "{difference}");
        assert!(difference.contains("\n+listing = { item = \"div.card\", pages = 2 , link = \"h2 a\" } # by hand\n"), "{difference}");
        assert_eq!(difference.lines().filter(|line| line.starts_with(['-', '+'])).count(), 4, "{difference}");
    }
}
