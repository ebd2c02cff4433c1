//! `feeds.opml`: every feed in one file that readers can import (OPML 2.0).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Format, Place, xml};
use crate::publish::Listed;

/// The bytes of the OPML file. Outlines need an address, so without a base URL the file's own name stands in.
pub fn opml(title: &str, feeds: &[Listed<'_>], place: &Place) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing to memory cannot fail.
    let _ = write(&mut writer, title, feeds, place);
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(writer: &mut Writer<Vec<u8>>, title: &str, feeds: &[Listed<'_>], place: &Place) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("opml");
    root.push_attribute(("version", "2.0"));
    writer.write_event(Event::Start(root))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("title")))?;
    writer.write_event(Event::Text(BytesText::new(&xml::line(title))))?;
    writer.write_event(Event::End(BytesEnd::new("title")))?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    for listed in feeds {
        writer.write_event(Event::Empty(outline(listed, place)))?;
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))
}

fn outline(listed: &Listed<'_>, place: &Place) -> BytesStart<'static> {
    let card = listed.card;
    let format = listed.formats.first().copied().unwrap_or(Format::Rss);
    let file = super::file_name(listed.stem, format);
    let title = card.title.clone();
    let mut outline = BytesStart::new("outline");
    outline.push_attribute(("text", title.as_str()));
    outline.push_attribute(("title", title.as_str()));
    outline.push_attribute(("type", "rss"));
    if format == Format::Rss {
        outline.push_attribute(("version", "RSS2"));
    }
    if let Some(language) = &card.language {
        outline.push_attribute(("language", language.as_str()));
    }
    outline.push_attribute(("xmlUrl", place.address(&file).unwrap_or(file).as_str()));
    outline.push_attribute(("htmlUrl", xml::ascii_url(&card.home).as_str()));
    outline.push_attribute(("description", card.description.as_str()));
    outline
}
