//! The body as published: the lead picture, the text, and a visible line that says who is credited.
//!
//! Hardly any reader shows `<source>` or `rel=via`, so the credit must stand in the text as well, once.

use crate::model::{Credit, Item};
use crate::url::Url;

use super::author;
use super::xml::{self, escape};

/// How far into the body a picture still counts as the lead picture, in bytes of HTML: about one paragraph.
const LEAD_PICTURE_WITHIN: usize = 1_000;

/// The HTML that a feed carries for an item.
pub(super) fn html(item: &Item) -> String {
    let mut html = String::new();
    if let Some(image) = &item.image
        && picture(item).is_some_and(|shown| shown == xml::ascii_url(image))
        && !shows(item.html.as_str(), image)
    {
        html.push_str(&format!("<figure><img src=\"{}\" alt=\"\"></figure>", escape(&xml::ascii_url(image))));
    }
    html.push_str(&xml::legal(item.html.as_str()));
    let language = item.language.as_deref().unwrap_or("");
    let (source, contributing) = labels(language);
    html.push_str(&credit_line(source, author::sources(item)));
    html.push_str(&credit_line(contributing, author::contributors(item)));
    html
}

/// The address of the picture that stands for the item: the lead picture, unless the body opens with another one, which is then
/// the same picture in another size; readers show both if the addresses differ.
pub(super) fn picture(item: &Item) -> Option<String> {
    let image = item.image.as_ref()?;
    if !shows(item.html.as_str(), image)
        && let Some(first) = first_picture(item.html.as_str())
    {
        return Some(first);
    }
    Some(xml::ascii_url(image))
}

fn shows(html: &str, image: &Url) -> bool {
    html.contains(&format!("src=\"{}\"", escape(image.as_str()))) || html.contains(&format!("src=\"{}\"", escape(&xml::ascii_url(image))))
}

fn first_picture(html: &str) -> Option<String> {
    let start = html.find("<img ").filter(|&at| at < LEAD_PICTURE_WITHIN)?;
    let tag = html[start..].split('>').next()?;
    let address = tag.split("src=\"").nth(1)?.split('"').next()?.replace("&amp;", "&");
    Url::parse(&address).ok().map(|url| xml::ascii_url(&url))
}

fn credit_line<'a>(label: &str, credits: impl Iterator<Item = &'a Credit>) -> String {
    let names: Vec<String> = credits.filter(|credit| !credit.visible).map(credit_name).collect();
    if names.is_empty() { String::new() } else { format!("<p>{label} {}</p>", names.join(", ")) }
}

fn credit_name(credit: &Credit) -> String {
    let name = escape(&xml::line(&credit.name));
    match &credit.url {
        Some(url) => format!("<a href=\"{}\">{name}</a>", escape(&xml::ascii_url(url))),
        None => name,
    }
}

/// The labels of the credit line in the article's language: for a source, and for one that contributed.
fn labels(language: &str) -> (&'static str, &'static str) {
    let primary = language.split('-').next().unwrap_or("").to_ascii_lowercase();
    LABELS.iter().find(|(code, ..)| *code == primary).map_or(("Source:", "With information from:"), |(_, source, with)| (source, with))
}

const LABELS: [(&str, &str, &str); 35] = [
    ("ar", "المصدر:", "بمساهمة:"),
    ("bg", "Източник:", "С информация от:"),
    ("ca", "Font:", "Amb informació de:"),
    ("cs", "Zdroj:", "S využitím informací:"),
    ("da", "Kilde:", "Med oplysninger fra:"),
    ("de", "Quelle:", "Mit Material von:"),
    ("el", "Πηγή:", "Με πληροφορίες από:"),
    ("es", "Fuente:", "Con información de:"),
    ("et", "Allikas:", "Kaasautor:"),
    ("fa", "منبع:", "با اطلاعات از:"),
    ("fi", "Lähde:", "Lisätiedot:"),
    ("fr", "Source :", "Avec :"),
    ("he", "מקור:", "בהשתתפות:"),
    ("hi", "स्रोत:", "सहयोग:"),
    ("hr", "Izvor:", "Uz informacije:"),
    ("hu", "Forrás:", "Közreműködött:"),
    ("id", "Sumber:", "Dengan informasi dari:"),
    ("it", "Fonte:", "Con informazioni da:"),
    ("ja", "出典:", "協力:"),
    ("ko", "출처:", "협력:"),
    ("lt", "Šaltinis:", "Papildė:"),
    ("lv", "Avots:", "Papildināja:"),
    ("nb", "Kilde:", "Med opplysninger fra:"),
    ("nl", "Bron:", "Met informatie van:"),
    ("no", "Kilde:", "Med opplysninger fra:"),
    ("pl", "Źródło:", "Z informacji:"),
    ("pt", "Fonte:", "Com informações de:"),
    ("ro", "Sursa:", "Cu informații de la:"),
    ("ru", "Источник:", "При участии:"),
    ("sk", "Zdroj:", "S využitím informácií:"),
    ("sv", "Källa:", "Med uppgifter från:"),
    ("tr", "Kaynak:", "Katkıda bulunan:"),
    ("uk", "Джерело:", "За участю:"),
    ("vi", "Nguồn:", "Với thông tin từ:"),
    ("zh", "来源：", "供稿："),
];
