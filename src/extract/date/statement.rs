//! What a page says of its own dates: "Published: 3 May 2020", "Last updated on".

use super::find::{LONGEST_DATE, Place, VISIBLE, may_be_date};
use crate::html::Dom;

/// "This page was last modified on 4 November 2020, at 19:23."
pub(super) const LONGEST_STATEMENT: usize = 90;
/// Just above a vague `<meta>` and a dated text beside the headline.
const STATED_TRUST: u8 = 56;

/// More than a date in a text somewhere, less than one beside the headline: it may be the day of what the text announces.
const TITLE_TRUST: u8 = 30;
/// What sets a date off from the headline after it.
const SEPARATORS: [&str; 5] = [" | ", " - ", " – ", ": ", " · "];

/// A page that states one date of publication, wherever it stands, means its own; of several, those at the side are of other articles.
pub(super) fn stated(places: &mut [Place]) {
    let is_statement = |place: &Place| {
        place.origin == VISIBLE && !place.modified && place.text.chars().count() <= LONGEST_STATEMENT && says_published(&place.text)
    };
    let mut texts: Vec<&str> = places.iter().filter(|place| is_statement(place)).map(|place| place.text.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    if texts.len() == 1 {
        for place in places.iter_mut().filter(|place| is_statement(place)) {
            place.trust = place.trust.max(STATED_TRUST);
        }
    }
}

/// The date with which the window's title begins: "08.11.2021 | The ferry sails again".
pub(super) fn of_title(dom: &Dom) -> Option<Place> {
    let title = dom.survey.title.as_deref()?.trim_start();
    let (date, _) = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(front, _)| front.len())?;
    (date.len() <= LONGEST_DATE && date.starts_with(|c: char| c.is_ascii_digit()) && may_be_date(date)).then(|| Place {
        text: date.to_owned(),
        origin: "title".into(),
        trust: TITLE_TRUST,
        modified: false,
        beside: false,
    })
}

/// Whether a text begins with a word for publication.
fn says_published(text: &str) -> bool {
    let text = text.to_lowercase();
    PUBLISHED.iter().any(|word| text.starts_with(word))
}

/// Words for publication before a date.
const PUBLISHED: [&str; 25] = [
    "posted",
    "published",
    "date published",
    "publication date",
    "veröffentlicht",
    "erstellt am",
    "erschienen am",
    "erscheinungsdatum",
    "publié",
    "mis en ligne",
    "publicado",
    "fecha de publicación",
    "pubblicato",
    "gepubliceerd",
    "publicerad",
    "publisert",
    "udgivet",
    "julkaistu",
    "opublikowano",
    "zveřejněno",
    "опубликовано",
    "дата публикации",
    "公開日",
    "掲載日",
    "发布时间",
];

pub(super) fn says_modified(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "updated",
        "modified",
        "aktualisiert",
        "actualizado",
        "mis à jour",
        "aggiornato",
        "bijgewerkt",
        "обновлено",
        "atualizado",
        "güncelleme",
        "zaktualizowano",
        "changed",
        "last edited",
        "geändert",
        "bearbeitet",
        "uppdaterad",
        "opdateret",
        "oppdatert",
        "päivitetty",
        "actualizada",
        "更新",
        "수정",
    ]
    .iter()
    .any(|word| text.contains(word))
}
