//! The data that a page carries for its own scripts: `application/json`, `__NEXT_DATA__`, `window.__STATE__ = {…}`, and the stream of React's server components.

use std::collections::HashMap;

use ego_tree::NodeId;
use serde_json::{Map, Value};

use super::Dom;
use super::text::letters;

/// What a script begins with that sets the state of the page.
const STATE: &str = "window.__";
/// What a script begins with that adds to the stream from which Next.js builds the page (its App Router): `push([1, "a piece"])`.
const STREAM: &str = "self.__next_f.push(";

/// Where an object of a page keeps its headline.
const HEADLINES: [&str; 6] = ["headline", "title", "name", "heading", "articleTitle", "seoTitle"];
/// In bytes: a shorter headline is the name of a section.
const SHORTEST_HEADLINE: usize = 8;

/// The letters of the headline of an object that looks like a page's.
pub fn headline_of(node: &Map<String, Value>) -> Option<String> {
    let text = HEADLINES.iter().find_map(|key| match node.get(*key)? {
        Value::String(text) => Some(text.as_str()),
        // WordPress: `"title": {"rendered": "…"}`.
        Value::Object(inner) => inner.get("rendered")?.as_str(),
        _ => None,
    })?;
    Some(letters(text)).filter(|letters| letters.len() >= SHORTEST_HEADLINE)
}

/// Whether a headline is the page's: the letters of the title, or all but a short end, which is the name of the site or of a section.
pub fn is_headline(letters: &str, title: &str) -> bool {
    title.strip_prefix(letters).is_some_and(|rest| rest.len() * 4 <= title.len())
}

/// Whether a script of no type sets the state of the page.
pub(super) fn is_state(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(STATE) || text.starts_with(STREAM)
}

/// The data of each script that can be read as JSON, in order, and then those of the stream.
pub fn page_data(dom: &Dom) -> impl Iterator<Item = Value> {
    let script = |id: &NodeId| dom.html.tree.get(*id).map(text_of);
    let stream: String = dom.survey.data_scripts.iter().filter_map(script).filter_map(|text| piece(&text)).collect();
    dom.survey.data_scripts.iter().filter_map(|id| read(dom, *id)).chain(rows(&stream))
}

fn text_of(script: ego_tree::NodeRef<'_, scraper::Node>) -> String {
    script.children().filter_map(|child| child.value().as_text().map(|text| &**text)).collect()
}

fn read(dom: &Dom, script: NodeId) -> Option<Value> {
    let text = text_of(dom.html.tree.get(script)?);
    let text = text.trim();
    let json = match text.strip_prefix(STATE) {
        // What follows the first statement is more script.
        Some(statement) => statement.get(statement.find(['{', '['])?..)?,
        None => text,
    };
    serde_json::Deserializer::from_str(json).into_iter().next()?.ok()
}

/// The text that a script adds to the stream.
fn piece(script: &str) -> Option<String> {
    let call = script.trim().strip_prefix(STREAM)?;
    let pushed: Value = serde_json::Deserializer::from_str(call).into_iter().next()?.ok()?;
    pushed.get(1)?.as_str().map(str::to_owned)
}

/// The rows of a stream that are JSON, with the texts that they name as `"$1f"` in their places, each once. A row is a number, a colon and JSON up to the end of
/// the line, or `T`, the text's length in bytes, a comma and the text.
fn rows(stream: &str) -> Vec<Value> {
    let (mut texts, mut found) = (HashMap::new(), Vec::new());
    let mut left = stream;
    while let Some((id, row)) = left.split_once(':') {
        if let Some((text, rest)) = text_row(row) {
            texts.insert(id, text);
            left = rest;
        } else {
            let (row, rest) = row.split_once('\n').unwrap_or((row, ""));
            found.push(row);
            left = rest;
        }
    }
    let json = found.into_iter().filter(|row| row.starts_with(['[', '{']));
    json.filter_map(|row| serde_json::from_str(&with_texts(row, &mut texts)).ok()).collect()
}

fn text_row(row: &str) -> Option<(&str, &str)> {
    let (length, text) = row.strip_prefix('T')?.split_once(',')?;
    text.split_at_checked(usize::from_str_radix(length, 16).ok()?)
}

fn with_texts(row: &str, texts: &mut HashMap<&str, &str>) -> String {
    let mut out = String::with_capacity(row.len());
    let mut left = row;
    while let Some((before, after)) = left.split_once("\"$") {
        let (id, rest) = after.split_once('"').unwrap_or((after, ""));
        out.push_str(before);
        match texts.remove(id) {
            Some(text) => out.push_str(&Value::from(text).to_string()),
            None => out.push_str(left.get(before.len()..left.len() - rest.len()).unwrap_or("")),
        }
        left = rest;
    }
    out + left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn data_for_scripts_are_read() {
        let check = |script: &str, expected: &[&str]| {
            let dom = crate::html::parse(script, &Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(page_data(&dom).map(|value| value.to_string()).collect::<Vec<_>>(), expected, "{script}");
        };
        check("<script type=application/json>{\"a\":1}</script>", &["{\"a\":1}"]);
        check("<script id=__NEXT_DATA__>{\"a\":1}</script>", &["{\"a\":1}"]);
        check("<script>window.__STATE__ = {\"a\":1};(function(){})()</script>", &["{\"a\":1}"]);
        let stream = r#"<script>self.__next_f.push([1,"1:I[3,[],\"\"]\n4:T5,<p>é"])</script><script>self.__next_f.push([1,"2:{\"title\":\"$b\",\"body\":\"$4\",\"c\":\"$4"])</script><script>self.__next_f.push([1,"\"}\n"])</script>"#;
        check(stream, &["{\"body\":\"<p>é\",\"c\":\"$4\",\"title\":\"$b\"}"]);
        check("<script type=application/json>{\"a\":</script><script>let a = {}</script>", &[]);
    }
}
