//! The posts of a WordPress site as its REST API gives them (`/wp-json/wp/v2/posts`), as a listing.

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::extract::date;
use crate::html::collapse;
use crate::model::{Discovery, Link, Note, Origin};
use crate::url::Url;

/// Whether a text is such an answer.
pub(super) fn is_posts(text: &str) -> bool {
    text.starts_with('[') && text.contains("\"rendered\"") && text.contains("\"link\"")
}

/// Reads the posts. An answer that cannot be read yields no links and a note.
pub fn parse(text: &str, url: &Url) -> Discovery {
    let mut discovery = Discovery { confidence: 1.0, ..Discovery::default() };
    let posts: Vec<Value> = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(posts) => posts,
        Err(error) => {
            discovery.notes.push(Note::new("posts-broken", format!("the answer cannot be read: {error}")));
            discovery.confidence = 0.0;
            return discovery;
        }
    };
    for post in &posts {
        let position = discovery.links.len();
        discovery.links.extend(link(post, url, position));
    }
    discovery
}

fn link(post: &Value, base: &Url, position: usize) -> Option<Link> {
    let address = base.join(post.get("link")?.as_str()?).filter(Url::is_web)?;
    let rendered = |name: &str| post.get(name)?.get("rendered")?.as_str().map(plain).filter(|text| !text.is_empty());
    // `date_gmt` has no offset of its own; `date` is in the site's zone, which the answer does not name.
    let when = post.get("date_gmt").or_else(|| post.get("date")).and_then(Value::as_str);
    Some(Link {
        url: address.without_tracking(),
        title: rendered("title"),
        teaser: rendered("excerpt"),
        date: when.and_then(|when| date::parse(when, "", &TimeZone::UTC)),
        image: None,
        author: None,
        origin: Origin::new("WordPress API"),
        position,
    })
}

fn plain(text: &str) -> String {
    collapse(&scraper::Html::parse_fragment(text).root_element().text().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_become_links() {
        let text = r#"[{"id":7,"date_gmt":"2026-11-20T14:30:00","link":"https://a.example/ferry/","title":{"rendered":"Ferry &#8217;back&#8217;"},
                      "excerpt":{"rendered":"<p>It sails.</p>"}}]"#;
        assert!(is_posts(text));
        let found = parse(text, &Url::parse("https://a.example/wp-json/wp/v2/posts").unwrap());
        assert_eq!(found.links[0].title.as_deref(), Some("Ferry ’back’"));
        assert_eq!(found.links[0].date.unwrap().to_rfc3339(), "2026-11-20T14:30:00+00:00");
        assert!(parse("[", &Url::parse("https://a.example/").unwrap()).links.is_empty());
    }
}
