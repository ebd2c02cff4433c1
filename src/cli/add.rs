//! `add`: look at a page, show what it would yield, and follow it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::anyhow;
use toml_edit::{InlineTable, Value};

use crate::config::{Config, edit};
use crate::discover::Rules;
use crate::health;
use crate::model::{Discovery, SourceId, Surface};
use crate::url::Url;

use super::output::say;
use super::r#try::{self, Look};
use super::{Failure, init, opml, safe};

/// Look at a page and follow it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  feedwright add https://cityhall.example/press
  feedwright add https://cityhall.example/press --name city-hall --yes
  feedwright add https://cityhall.example/press --dry-run")]
pub(super) struct Arguments {
    /// The page that lists the articles, or a feed or a sitemap
    url: String,
    /// The name of the source, and the stem of its files
    #[arg(long)]
    name: Option<String>,
    /// Do not ask; also where the listing is not sure
    #[arg(short, long)]
    yes: bool,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show explicit CSS rules that find the same items
    #[arg(long)]
    explain_rules: bool,
    /// Let a Chromium on this machine run the scripts of its pages, now and in every run
    #[arg(long)]
    render: bool,
}

/// So sure must discovery be that a page is followed without `--yes`.
const SURE: f64 = 0.5;
/// How many items are shown.
const SHOWN: usize = 10;

/// Fetches, shows, and appends a `[[source]]`.
pub(super) fn add(path: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let url = r#try::address(&arguments.url)?;
    let text = if path.exists() { fs::read_to_string(path)? } else { init::STARTING.to_owned() };
    let config = Config::parse(path, &text)?;
    if let Some(followed) = config.sources.iter().find(|source| source.address.url().canonical_key() == url.canonical_key()) {
        return Err(Failure::usage(anyhow!("`{url}` is followed already, as `{}`", followed.name)));
    }
    let look = r#try::listing(&config, &url, arguments.render)?;
    show(&look);
    if arguments.explain_rules {
        explain_rules(look.rules.as_ref());
    }
    refuse_walls(&look.discovery, &url)?;
    if look.discovery.confidence < SURE && !arguments.yes {
        let hint = "see `feedwright try URL` for what was found, set `listing` rules, or follow it all the same with `--yes`";
        return Err(Failure::Usage(anyhow!("not sure that these are articles and no menu; nothing was written"), Some(hint.to_owned())));
    }
    let name = match &arguments.name {
        Some(name) => SourceId::new(name).map_err(|error| Failure::usage(anyhow!("{error}")))?,
        None => free_name(&config, &name_for(look.discovery.title.as_deref().unwrap_or(""), &url)),
    };
    let mut keys: Vec<(&str, Value)> = vec![("name", name.as_str().into()), ("url", url.as_str().into())];
    if arguments.render {
        keys.push(("render", true.into()));
    }
    if look.discovery.confidence < SURE {
        // The user says that these are the items; rules say it to each run.
        keys.extend(look.rules.as_ref().map(|rules| ("listing", Value::InlineTable(table(rules)))));
    }
    let changed = edit::append_source(path, &text, &keys)?;
    if arguments.dry_run {
        say!("\n[[source]]");
        for (key, value) in &keys {
            say!("{key} = {value}");
        }
        return Ok(());
    }
    if !arguments.yes && !agreed(&name)? {
        return Ok(());
    }
    edit::write(path, &changed)?;
    anstream::eprintln!("`{name}` was added to {}; `feedwright run {name}` publishes it", path.display());
    Ok(())
}

fn show(look: &Look) {
    let discovery = &look.discovery;
    say!("{}", safe::short(discovery.title.as_deref().unwrap_or("(no title)"), 100));
    say!("{} items, confidence {:.2}", discovery.links.len(), discovery.confidence);
    for link in discovery.links.iter().take(SHOWN) {
        let date = link.date.map_or_else(|| "          ".to_owned(), |date| date.date().to_string());
        say!("  {date}  {}", safe::short(link.title.as_deref().unwrap_or("(title from the article)"), 90));
        say!("              {}", safe::short(&link.url.to_string(), 110));
    }
    for feed in &discovery.feeds {
        say!("the page announces a feed of its own: {}", safe::line(&feed.url.to_string()));
    }
    if !discovery.feeds.is_empty() {
        say!("  `feedwright add` with its address follows that instead, with full texts");
    }
    for note in &discovery.notes {
        say!("note: {}", safe::line(&note.text));
    }
    if let Some((link, extraction)) = &look.article {
        say!("\none article in full: {}", safe::line(&link.url.to_string()));
        r#try::print_article(extraction);
    }
}

/// The rules as they would stand in the configuration.
fn explain_rules(rules: Option<&Rules>) {
    let Some(rules) = rules else {
        say!("\nno short CSS rules find the same items; leave `listing` to feedwright");
        return;
    };
    say!("\nthese rules find the same items; set them only to pin what is found now\nlisting = {}", table(rules));
}

fn table(rules: &Rules) -> InlineTable {
    let mut table = InlineTable::new();
    for (key, css) in [("item", &rules.item), ("link", &rules.link)] {
        if let Some(css) = css {
            table.insert(key, css.as_str().into());
        }
    }
    table
}

fn refuse_walls(discovery: &Discovery, url: &Url) -> Result<(), Failure> {
    if !discovery.links.is_empty() {
        return Ok(());
    }
    let surface = discovery.surface;
    if surface != Surface::Open {
        let hint = health::surface_hint(surface).map(str::to_owned);
        return Err(Failure::Usage(anyhow!("`{url}`: {}", health::surface_words(surface)), hint));
    }
    let hint = "give the page that lists the articles, not an article; `feedwright try URL --as article` looks at an article";
    Err(Failure::Usage(anyhow!("no article links were found on `{url}`"), Some(hint.to_owned())))
}

/// Asks on a terminal; elsewhere adding was the order.
fn agreed(name: &SourceId) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(true);
    }
    anstream::eprint!("add it as `{name}`? [Y/n] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// A name for a source: its host, without what all hosts share; its title where the host says nothing.
pub(super) fn name_for(title: &str, url: &Url) -> SourceId {
    let host = url.host().strip_prefix("www.").unwrap_or(url.host());
    let core = host.strip_suffix(url.site()).unwrap_or("").to_owned() + url.site().split('.').next().unwrap_or("");
    let is_address = host.chars().all(|character| character.is_ascii_digit() || character == '.' || character == ':');
    let from_host = if is_address { None } else { opml::slug(&core) };
    #[expect(clippy::expect_used, reason = "the literal is a legal name")]
    from_host.or_else(|| opml::slug(title)).unwrap_or_else(|| SourceId::new("source").expect("a legal name"))
}

/// The name, or the name with a number that no source has yet.
pub(super) fn free_name(config: &Config, name: &SourceId) -> SourceId {
    let taken = |name: &str| {
        config.sources.iter().any(|source| source.name.as_str() == name) || config.feeds.iter().any(|feed| feed.name.as_str() == name)
    };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.to_string()).chain(numbered).find(|name| !taken(name));
    free.and_then(|name| SourceId::new(&name).ok()).unwrap_or_else(|| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_named_after_their_hosts() {
        let check = |url: &str, title: &str, expected: &str| assert_eq!(name_for(title, &Url::parse(url).unwrap()).as_str(), expected);
        check("https://www.cityhall.example/press", "Press", "cityhall");
        check("https://news.city.co.uk/", "x", "news-city");
        check("http://127.0.0.1:8080/", "The Daily Test", "the-daily-test");
    }
}
