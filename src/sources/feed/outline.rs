//! Checks a feed before parsing: that it is small, flat and free of entity declarations, and where
//! its items begin and end. Called by [`super::read`].
//!
//! The parser builds every entry in memory, resolves namespaces by a linear search, and stops at
//! the first mistake. So one pass over the text first counts everything that could grow, and
//! records the spans of the items, so that a feed with one broken item can be read without it.

use std::ops::Range;

use super::FeedError;

/// The deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 64;
/// The most attributes of an element.
pub(super) const MAX_ATTRIBUTES: usize = 100;
/// The most namespaces in scope of an element.
pub(super) const MAX_NAMESPACES: usize = 100;
/// The most bytes of base URLs (`xml:base`) in scope of an element. The parser copies the current
/// one for every element.
pub(super) const MAX_BASE: usize = 4_000;
/// The most elements (XML) or values (JSON) of a feed.
pub(super) const MAX_ELEMENTS: usize = 500_000;

/// The structure of an XML feed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// The span of every item or entry, including its tags.
    pub(super) items: Vec<Range<usize>>,
    /// The end tags that close the elements around the items.
    pub(super) closing: String,
}

/// An open element, with the declarations in scope.
struct Open<'a> {
    name: &'a str,
    declared: Declared,
}

/// The declarations in scope of an element.
#[derive(Debug, Clone, Copy, Default)]
struct Declared {
    namespaces: usize,
    /// Bytes of base addresses.
    base: usize,
}

/// Scans `xml`; refuses what must not reach the parser.
pub(super) fn outline(xml: &str, max_items: usize) -> Result<Outline, FeedError> {
    let mut outline = Outline::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut item: Option<(usize, usize)> = None;
    let mut elements = 0_usize;
    let mut at = 0;
    while let Some(found) = xml[at..].find('<') {
        let start = at + found;
        let rest = &xml[start..];
        if let Some(length) = aside(rest)? {
            at = start + length;
            continue;
        }
        let (tag, length) = tag(rest);
        at = start + length;
        if let Some(name) = tag.strip_prefix('/') {
            let name = name.trim();
            if let Some((from, depth)) = item.filter(|_| is_item(name)) {
                // Elements left open inside an item end with it.
                open.truncate(depth);
                item = None;
                outline.items.push(from..at);
            } else if open.last().is_some_and(|one| one.name == name) {
                open.pop();
            }
            continue;
        }
        elements += 1;
        if elements > MAX_ELEMENTS {
            return Err(FeedError::TooMuch {
                what: "elements",
                max: MAX_ELEMENTS,
            });
        }
        let name = name_of(tag);
        let around = open.last().map(|one| one.declared).unwrap_or_default();
        let declared = attributes(tag, around)?;
        if declared.namespaces > MAX_NAMESPACES {
            return Err(FeedError::TooMuch {
                what: "namespaces around one element",
                max: MAX_NAMESPACES,
            });
        }
        if declared.base > MAX_BASE {
            return Err(FeedError::TooMuch {
                what: "bytes of base addresses (xml:base) around one element",
                max: MAX_BASE,
            });
        }
        let empty = tag.ends_with('/');
        if is_item(name) && item.is_none() {
            if outline.items.len() == max_items {
                return Err(FeedError::TooManyItems { max: max_items });
            }
            if outline.items.is_empty() {
                outline.closing = open
                    .iter()
                    .rev()
                    .flat_map(|one| ["</", one.name, ">"])
                    .collect();
            }
            if empty {
                outline.items.push(start..at);
            } else {
                item = Some((start, open.len()));
            }
        }
        if !empty {
            open.push(Open { name, declared });
            if open.len() > MAX_DEPTH {
                return Err(FeedError::TooMuch {
                    what: "levels of nested elements",
                    max: MAX_DEPTH,
                });
            }
        }
    }
    Ok(outline)
}

/// `xml` without elements for people and durations: they are not used, and feed-rs 3.0.0 panics on
/// an author whose address has a non-ASCII character after the “@” and on a duration whose digits
/// overflow.
pub(super) fn without_asides(xml: &str) -> Result<String, FeedError> {
    let mut kept = String::with_capacity(xml.len());
    let mut kept_until = 0;
    let mut left_out: Option<(&str, usize)> = None;
    let mut at = 0;
    while let Some(found) = xml[at..].find('<') {
        let start = at + found;
        if let Some(length) = aside(&xml[start..])? {
            at = start + length;
            continue;
        }
        let (tag, length) = tag(&xml[start..]);
        at = start + length;
        let closed = tag.strip_prefix('/').map(str::trim);
        let name = closed.unwrap_or_else(|| name_of(tag));
        match (left_out, closed) {
            (None, None) if is_aside(name) => {
                if tag.ends_with('/') {
                    kept.push_str(&xml[kept_until..start]);
                    kept_until = at;
                } else {
                    left_out = Some((name, start));
                }
            }
            (Some((open, from)), Some(name)) if name == open => {
                kept.push_str(&xml[kept_until..from]);
                kept_until = at;
                left_out = None;
            }
            // One that is never closed must not remove what follows.
            (Some(_), Some(name)) if is_item(name) => left_out = None,
            _ => {}
        }
    }
    kept.push_str(&xml[kept_until..]);
    Ok(kept)
}

fn name_of(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace() || c == '/')
        .next()
        .unwrap_or_default()
}

fn is_aside(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(
        local,
        "author"
            | "creator"
            | "contributor"
            | "credit"
            | "duration"
            | "managingEditor"
            | "person"
            | "webMaster"
    )
}

fn is_item(name: &str) -> bool {
    matches!(name.rsplit(':').next(), Some("item" | "entry"))
}

/// The length of a comment, a CDATA section, a processing instruction or a document type at the
/// start of `xml`; none if it starts with an element.
fn aside(xml: &str) -> Result<Option<usize>, FeedError> {
    let until = |end: &str, from: usize| {
        xml.get(from..)
            .and_then(|rest| rest.find(end))
            .map_or(xml.len(), |at| from + at + end.len())
    };
    Ok(if xml.starts_with("<!--") {
        Some(until("-->", 4))
    } else if xml.starts_with("<![CDATA[") {
        Some(until("]]>", 9))
    } else if xml.starts_with("<?") {
        Some(until("?>", 2))
    } else if xml.starts_with("<!") {
        Some(document_type(xml)?)
    } else {
        None
    })
}

/// The length of a document type. One without an internal subset is harmless (RSS 0.91 requires
/// it).
fn document_type(xml: &str) -> Result<usize, FeedError> {
    let (declaration, length) = tag(xml);
    // An open quote can hide a bracket from us, but not from the parser.
    let bracket = declaration.contains('[');
    if bracket {
        Err(FeedError::Entities)
    } else {
        Ok(length)
    }
}

/// The text between `<` and `>` (quoted values may contain both), and the length including them.
fn tag(xml: &str) -> (&str, usize) {
    let mut quote = None;
    for (at, byte) in xml.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return (&xml[1..at], at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    (&xml[1..], xml.len())
}

/// Counts the attributes of a tag, and adds its declarations to those in scope.
fn attributes(tag: &str, around: Declared) -> Result<Declared, FeedError> {
    let mut declared = around;
    let mut count = 0;
    let mut quote = None;
    let mut word = 0;
    let mut is_base = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'=') => {
                count += 1;
                let name = &tag.as_bytes()[word..at];
                declared.namespaces += usize::from(name.starts_with(b"xmlns"));
                is_base = name.starts_with(b"xml:base");
            }
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                word = at + 1;
            }
            (Some(open), byte) if open == byte => {
                if is_base {
                    declared.base += at - word;
                }
                quote = None;
                word = at + 1;
            }
            (None, byte) if byte.is_ascii_whitespace() => word = at + 1,
            _ => {}
        }
        if count > MAX_ATTRIBUTES {
            return Err(FeedError::TooMuch {
                what: "attributes of one element",
                max: MAX_ATTRIBUTES,
            });
        }
    }
    Ok(declared)
}

/// Counts the values of a JSON text, without reading them.
pub(super) fn count_json(json: &str) -> Result<(), FeedError> {
    let mut values = 0_usize;
    let mut in_text = false;
    let mut escaped = false;
    for byte in json.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b',' | b'{' | b'[' => values += 1,
            _ => {}
        }
        if values > MAX_ELEMENTS {
            return Err(FeedError::TooMuch {
                what: "values",
                max: MAX_ELEMENTS,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_located() {
        let xml = "<?xml version='1.0'?><!-- <item> --><rss a='>'><channel><item><title>a<br></title></item>\n<item/><x:item><![CDATA[</x:item>]]></x:item></channel></rss>";
        let outline = outline(xml, 10).expect("it is small");
        let items: Vec<_> = outline
            .items
            .iter()
            .map(|range| &xml[range.clone()])
            .collect();
        assert_eq!(
            items,
            [
                "<item><title>a<br></title></item>",
                "<item/>",
                "<x:item><![CDATA[</x:item>]]></x:item>"
            ]
        );
        assert_eq!(outline.closing, "</channel></rss>");
    }

    #[test]
    fn people_and_durations_are_left_out() {
        let slim = |xml: &str| without_asides(xml).expect("it is harmless");
        assert_eq!(
            slim("<a><author>x<b>y</b></author><dc:creator/>t</a>"),
            "<a>t</a>"
        );
        assert_eq!(
            slim("<item><author>x</item><item><author>y</author></item>"),
            "<item><author>x</item><item></item>"
        );
        assert_eq!(
            slim("<a><![CDATA[<author>]]></a>"),
            "<a><![CDATA[<author>]]></a>"
        );
    }

    #[test]
    fn unbounded_structures_are_refused() {
        let refused = |xml: &str| outline(xml, 3).expect_err("it is too much").to_string();
        assert!(refused(&"<item/>".repeat(4)).contains("more than 3 entries"));
        assert!(refused(&"<a>".repeat(65)).contains("levels"));
        assert!(refused(&"<a/>".repeat(500_001)).contains("elements"));
        assert!(refused(&format!("<a {}/>", "b='' ".repeat(101))).contains("attributes"));
        assert!(
            refused(&format!("<a {0}><b {0}/></a>", "xmlns:b='' ".repeat(60)))
                .contains("namespaces")
        );
        let base = |name| {
            format!(
                "<a {name}='{0}'><b {name}='{0}'/></a>",
                "b".repeat(MAX_BASE / 2 + 1)
            )
        };
        assert!(refused(&base("xml:base")).contains("base addresses"));
        assert!(outline(&base("b"), 3).is_ok());
        assert!(refused("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss/>").contains("entities"));
        assert!(refused("<!DOCTYPE rss \"x>y\" [<!ENTITY a \"b\">]><rss/>").contains("entities"));
        assert!(outline("<!x><rss>[<item/>]</rss>", 3).is_ok());
        assert!(count_json(&"[".repeat(500_001)).is_err());
        assert!(
            count_json(&format!(
                "\"{}\\\"{}\"",
                "[".repeat(300_000),
                ",".repeat(300_000)
            ))
            .is_ok()
        );
        assert!(
            outline(
                "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"x\"><rss/>",
                3
            )
            .is_ok()
        );
    }
}
