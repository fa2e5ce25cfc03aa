//! A feed as Atom (RFC 4287).

use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Feed, Item};

/// The feed as a document.
pub(super) fn write(feed: &Feed) -> String {
    let mut xml = Writer::new(Vec::new());
    document(&mut xml, feed).expect("invariant: a vector takes everything");
    String::from_utf8(xml.into_inner()).expect("invariant: written from strings")
}

type Xml = Writer<Vec<u8>>;

fn document(xml: &mut Xml, feed: &Feed) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut start = BytesStart::new("feed");
    start.push_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    start.push_attribute(("xml:lang", feed.language));
    xml.write_event(Event::Start(start))?;
    text(xml, "title", &feed.title)?;
    text(xml, "id", &feed.own)?;
    text(xml, "updated", &time(feed.updated))?;
    link(xml, "self", "application/atom+xml", &feed.own)?;
    link(xml, "alternate", "text/html", &feed.page)?;
    person(xml, &feed.author, Some(&feed.origin))?;
    for item in &feed.items {
        entry(xml, item)?;
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))
}

fn entry(xml: &mut Xml, item: &Item) -> io::Result<()> {
    let mut start = BytesStart::new("entry");
    start.push_attribute(("xml:lang", item.language.as_str()));
    xml.write_event(Event::Start(start))?;
    text(xml, "title", &item.title)?;
    text(xml, "id", &format!("urn:uuid:{}", item.uuid))?;
    link(xml, "alternate", "text/html", &item.address)?;
    text(xml, "published", &time(item.published))?;
    text(xml, "updated", &time(item.updated))?;
    person(xml, &item.author, None)?;
    for topic in &item.topics {
        xml.create_element("category")
            .with_attribute(("term", topic.as_str()))
            .write_empty()?;
    }
    if !item.summary.is_empty() {
        text(xml, "summary", &item.summary)?;
    }
    xml.create_element("content")
        .with_attribute(("type", "html"))
        .write_text_content(BytesText::new(&item.html))?;
    xml.write_event(Event::End(BytesEnd::new("entry")))
}

fn text(xml: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(content))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, media_type: &str, href: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", media_type), ("href", href)])
        .write_empty()?;
    Ok(())
}

fn person(xml: &mut Xml, name: &str, uri: Option<&str>) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| {
        text(xml, "name", name)?;
        uri.map_or(Ok(()), |uri| text(xml, "uri", uri))
    })?;
    Ok(())
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
