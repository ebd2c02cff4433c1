//! Reading the text: defaults poured under each source with their places kept, and every error found, not only the first.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::url::Url;

use super::error::Problem;
use super::source::{RawFeed, RawSource};
use super::{Config, FeedRule, Source};

type Table<'i> = DeTable<'i>;
type Value<'i> = Spanned<DeValue<'i>>;

/// Tables whose keys are the user's own words and must stay as written.
const FREE_KEYS: [&str; 2] = ["headers", "outlets"];
const SECTIONS: [&str; 8] = ["publish", "store", "fetch", "defaults", "source", "feed", "hooks", "outlets"];

/// Reads a configuration, or tells everything that is wrong with it.
pub(super) fn read(path: &Path, text: &str) -> Result<Config, Vec<Problem>> {
    let (table, errors) = Table::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| problem(error, 0..0)).collect());
    }
    let mut reading = Reading { problems: Vec::new(), whole: 0..text.len().min(1) };
    let mut root = table.into_inner();
    dash_keys(&mut root);
    reading.unknown_sections(&root);
    let config = reading.config(path, &mut root);
    if reading.problems.is_empty() {
        return Ok(config);
    }
    reading.problems.sort_by_key(|problem| problem.span.start);
    Err(reading.problems)
}

struct Reading {
    problems: Vec<Problem>,
    whole: Range<usize>,
}

impl Reading {
    fn config(&mut self, path: &Path, root: &mut Table<'_>) -> Config {
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let defaults = root.remove("defaults");
        let (sources, places) = self.sources(root.remove("source"), defaults, &folder);
        let feeds = self.feeds(root.remove("feed"), &places);
        let store: Option<PathBuf> = self.section(root.remove("store"));
        let mut publish: super::Publish = self.section(root.remove("publish")).unwrap_or_default();
        publish.dir = folder.join(&publish.dir);
        publish.metrics = publish.metrics.map(|path| folder.join(path));
        publish.base_url = publish.base_url.and_then(as_directory);
        Config {
            path: path.to_path_buf(),
            publish,
            store: folder.join(store.unwrap_or_else(|| PathBuf::from("feedwright.db"))),
            fetch: self.section(root.remove("fetch")).unwrap_or_default(),
            sources,
            feeds,
            hooks: self.section(root.remove("hooks")).unwrap_or_default(),
            outlets: self.section::<BTreeMap<String, Url>>(root.remove("outlets")).unwrap_or_default(),
        }
    }

    fn unknown_sections(&mut self, root: &Table<'_>) {
        for (key, _) in root.iter().filter(|(key, _)| !SECTIONS.contains(&key.get_ref().as_ref())) {
            let mut problem = Problem::new(format!("unknown section `{}`", key.get_ref()), key.span());
            problem.hint = suggestion(key.get_ref(), SECTIONS.iter().copied());
            self.problems.push(problem);
        }
    }

    fn sources(
        &mut self,
        value: Option<Value<'_>>,
        defaults: Option<Value<'_>>,
        folder: &Path,
    ) -> (Vec<Source>, BTreeMap<String, Range<usize>>) {
        let mut sources = Vec::new();
        let mut places = BTreeMap::new();
        for (index, mut entry) in self.tables(value, "source").into_iter().enumerate() {
            if let (Some(DeValue::Table(defaults)), DeValue::Table(table)) = (defaults.as_ref().map(Spanned::get_ref), entry.get_mut()) {
                pour(defaults, table);
            }
            let place = entry.span();
            let url_place = entry.get_ref().get("url").map_or(place.clone(), Spanned::span);
            let name_place = entry.get_ref().get("name").map_or(place.clone(), Spanned::span);
            // What stands in [defaults] is told once, not with every source.
            let skip = if index == 0 { None } else { defaults.as_ref().map(Spanned::span) };
            let Some(raw) = self.read_all::<RawSource>(entry, skip) else { continue };
            match raw.finish(folder) {
                Ok(source) => {
                    if places.insert(source.name.to_string(), name_place.clone()).is_some() {
                        self.problems.push(Problem::new(format!("the name `{}` is used twice", source.name), name_place));
                    }
                    sources.push(source);
                }
                Err((_, reason)) => self.problems.push(Problem::new(reason, url_place)),
            }
        }
        (sources, places)
    }

    fn feeds(&mut self, value: Option<Value<'_>>, sources: &BTreeMap<String, Range<usize>>) -> Vec<FeedRule> {
        let mut feeds: Vec<FeedRule> = Vec::new();
        for entry in self.tables(value, "feed") {
            let place = entry.span();
            let sources_place = entry.get_ref().get("sources").map_or(place.clone(), Spanned::span);
            let name_place = entry.get_ref().get("name").map_or(place, Spanned::span);
            let Some(feed) = self.read_all::<RawFeed>(entry, None).map(RawFeed::finish) else { continue };
            for unknown in feed.sources.iter().filter(|name| !sources.contains_key(name.as_str())) {
                let mut problem = Problem::new(format!("there is no source named `{unknown}`"), sources_place.clone());
                problem.hint = suggestion(unknown.as_str(), sources.keys().map(String::as_str));
                self.problems.push(problem);
            }
            let taken = sources.contains_key(feed.name.as_str()) || feeds.iter().any(|other| other.name == feed.name);
            if taken {
                self.problems.push(Problem::new(format!("the name `{}` is used twice", feed.name), name_place));
            }
            feeds.push(feed);
        }
        feeds
    }

    /// The tables of an array of tables.
    fn tables<'i>(&mut self, value: Option<Value<'i>>, name: &str) -> Vec<Value<'i>> {
        let Some(value) = value else { return Vec::new() };
        let place = value.span();
        match value.into_inner() {
            DeValue::Array(array) => array.into_iter().collect(),
            _ => {
                self.problems.push(Problem::new(format!("expected `[[{name}]]` with two brackets"), place));
                Vec::new()
            }
        }
    }

    fn section<T: DeserializeOwned>(&mut self, value: Option<Value<'_>>) -> Option<T> {
        value.and_then(|value| self.read_all(value, None))
    }

    /// Reads a value; where that fails, tells the problem, takes the faulty key out and reads on, so that all problems come to light.
    /// Problems inside `skip` are not told.
    fn read_all<T: DeserializeOwned>(&mut self, mut value: Value<'_>, skip: Option<Range<usize>>) -> Option<T> {
        let place = value.span();
        let mut failed = false;
        let mut taken_out: Vec<String> = Vec::new();
        // Each round takes out one key, so this ends; the bound is for the case that a span leads nowhere.
        for _ in 0..200 {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(read) => return (!failed).then_some(read),
                Err(error) => error,
            };
            failed = true;
            let problem = problem(&error, self.whole_or(&place));
            let span = problem.span.clone();
            // A key that was taken out for being wrong is not missing.
            let is_told = taken_out.iter().any(|key| problem.message == format!("missing field `{key}`"));
            if !is_told && skip.as_ref().is_none_or(|skip| !skip.contains(&span.start)) {
                self.problems.push(problem);
            }
            let Some(key) = take_out(&mut value, &span).filter(|_| !is_told) else { break };
            taken_out.push(key);
        }
        None
    }

    fn whole_or(&self, place: &Range<usize>) -> Range<usize> {
        if place.is_empty() { self.whole.clone() } else { place.clone() }
    }
}

fn problem(error: &toml::de::Error, place: Range<usize>) -> Problem {
    let message = error.message().trim_end().replace('\n', "; ");
    let mut problem = Problem::new(message.clone(), error.span().unwrap_or(place));
    if let Some(rest) = message.strip_prefix("unknown field `")
        && let Some((name, expected)) = rest.split_once('`')
    {
        problem.hint = suggestion(name, expected.split('`').skip(1).step_by(2));
    }
    problem
}

/// Removes the innermost key whose own place or value holds the span, and names it.
fn take_out(value: &mut Value<'_>, span: &Range<usize>) -> Option<String> {
    let holds = |place: &Range<usize>| place.start <= span.start && span.end <= place.end;
    let DeValue::Table(table) = value.get_mut() else { return None };
    let key = table.iter().find(|(key, value)| holds(&key.span()) || holds(&value.span())).map(|(key, _)| key.get_ref().to_string())?;
    let inner = table.get_mut(key.as_str()).filter(|inner| inner.get_ref().is_table() && inner.span() != *span);
    if let Some(inside) = inner.and_then(|inner| take_out(inner, span)) {
        return Some(inside);
    }
    table.remove(key.as_str()).map(|_| key)
}

/// Puts into `table` what `defaults` has and it has not, tables within tables as well.
fn pour<'i>(defaults: &Table<'i>, table: &mut Table<'i>) {
    for (key, value) in defaults {
        match (table.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
            (Some(DeValue::Table(inner)), DeValue::Table(under)) => pour(under, inner),
            (Some(_), _) => {}
            (None, _) => {
                table.insert(key.clone(), value.clone());
            }
        }
    }
}

/// `base_url` and `base-url` are the same key.
fn dash_keys(table: &mut Table<'_>) {
    let entries: Vec<_> = std::mem::take(table).into_iter().collect();
    for (key, mut value) in entries {
        let place = key.span();
        let name = key.into_inner().replace('_', "-");
        if !FREE_KEYS.contains(&name.as_str()) {
            match value.get_mut() {
                DeValue::Table(inner) => dash_keys(inner),
                DeValue::Array(array) => {
                    for element in array.iter_mut() {
                        if let DeValue::Table(inner) = element.get_mut() {
                            dash_keys(inner);
                        }
                    }
                }
                _ => {}
            }
        }
        table.insert(Spanned::new(place, name.into()), value);
    }
}

/// The address of a directory ends in a slash; without it, the last part would be replaced by each file's name.
fn as_directory(url: Url) -> Option<Url> {
    let path = url.path().to_owned();
    if path.ends_with('/') { Some(url) } else { url.join(&format!("{path}/")) }
}

/// "did you mean": the nearest of the known words, if it is near.
fn suggestion<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<String> {
    let nearest = known.map(|candidate| (distance(word, candidate), candidate)).min()?;
    (nearest.0 <= (word.chars().count() / 3).max(2)).then(|| format!("did you mean `{}`?", nearest.1))
}

/// How many letters must be changed, added or dropped (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
