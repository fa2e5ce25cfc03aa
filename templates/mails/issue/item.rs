//! One item as HTML: news with their picture, events with the block of their day, papers of the
//! council, and the short form of all of them.
//!
//! Each item is a table of its own, so that parts can be joined in any choice. A picture stands beside
//! its text where there is room for both, and above it where there is not, without any style sheet:
//! two blocks in a line; Outlook's Word engine gets two cells instead.

use maud::{Markup, PreEscaped, html};

use super::view::{Detail, ItemView, SectionKind, Texts};
use super::wording;
use crate::colour::mail as colour;
use crate::link;
use crate::locale::Locale;
use crate::palette::Palette;
use crate::picture::PictureView;
use crate::rich_text;
use crate::site::Site;

/// The width of the text on the sheet.
const WIDTH: u32 = 584;
/// A picture that leads is not higher than this.
const LEAD_HEIGHT: u32 = 400;
/// The room for a picture beside its text.
const BESIDE: (u32, u32) = (132, 132);
/// Between a picture and its text.
const GAP: u32 = 16;

const GHOST_BEGIN: &str = "<!--[if mso]><table role=\"presentation\" width=\"584\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td width=\"148\" valign=\"top\"><![endif]-->";
const GHOST_BETWEEN: &str = "<!--[if mso]></td><td width=\"436\" valign=\"top\"><![endif]-->";
const GHOST_END: &str = "<!--[if mso]></td></tr></table><![endif]-->";

/// One item, as much of it as `detail` shows.
pub(super) fn item(
    site: &Site,
    texts: Texts,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
) -> Markup {
    let whole = Renderer {
        t: site.locale,
        palette: Palette::new(site.action_colour.as_deref()),
        kind,
        view: item,
        tells_body: texts == Texts::Whole && !item.body.is_empty(),
    };
    html! {
        @match detail {
            Detail::Full => { (whole.full()) }
            Detail::Short | Detail::TitlesOnly => { (whole.short(detail)) }
        }
        "\n"
    }
}

struct Renderer<'a> {
    t: Locale,
    palette: Palette,
    kind: SectionKind,
    view: &'a ItemView,
    tells_body: bool,
}

impl Renderer<'_> {
    fn full(&self) -> Markup {
        if wording::has_date_block(self.kind, self.view) {
            return self.dated();
        }
        match self.kind {
            SectionKind::News => self.news(),
            SectionKind::Events | SectionKind::Council => row(&html! {
                (self.title(16, true))
                (self.facts(false))
                (self.texts())
                (self.paper())
            }),
        }
    }

    /// News: a picture, the title, the facts, the teaser and a link.
    fn news(&self) -> Markup {
        let leads = self.view.lead || self.tells_body;
        let size = if self.view.lead { 22 } else { 17 };
        let text = html! {
            (self.title(size, false))
            (self.facts(false))
            (self.texts())
        };
        match &self.view.picture {
            Some(picture) if leads => row(&html! { (self.above(picture)) (text) }),
            Some(picture) => row(&self.beside(picture, &text)),
            None => row(&text),
        }
    }

    /// What has a day: its block, and beside it the title and the facts.
    fn dated(&self) -> Markup {
        const CELL: &str = "padding:10px 0;border-bottom:1px solid ";
        let block = self.view.when.map(|when| when.block(self.t));
        html! {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                tr {
                    td class="line" width="74" valign="top" style={ (CELL) (colour::LINE) } {
                        @if let Some(block) = block {
                            p class="day" style={ "margin:0;width:58px;padding:5px 0;background:" (self.palette.tint) ";border-radius:4px;text-align:center;font-size:13px;line-height:1.2" } {
                                (block.weekday) br; b style="font-size:22px" { (block.day) } br; (block.month)
                            }
                        }
                    }
                    td class="line" valign="top" style={ (CELL) (colour::LINE) } {
                        (self.title(16, true))
                        (self.facts(true))
                        (self.texts())
                    }
                }
            }
        }
    }

    /// Title, facts, a short teaser. A mail may have a hundred, so as few elements as possible have styles.
    fn short(&self, detail: Detail) -> Markup {
        let teaser = wording::teaser(detail, self.view);
        let facts = wording::facts(self.t, detail, self.kind, self.view, false);
        html! {
            h3 id=[self.anchor()] style="margin:20px 0 2px;font-size:17px;line-height:1.35" lang=[self.lang()] { (self.linked_title(true)) }
            @if !facts.is_empty() {
                p class="quiet" style={ "margin:0 0 4px;font-size:14px;color:" (colour::MUTED) } { (facts) }
            }
            @if let Some(teaser) = teaser { p style="margin:0 0 8px" lang=[self.lang()] { (teaser) } }
        }
    }

    fn lang(&self) -> Option<&str> {
        self.view.lang.as_deref()
    }

    fn anchor(&self) -> Option<&str> {
        Some(self.view.anchor.as_str()).filter(|anchor| !anchor.is_empty())
    }

    fn url(&self) -> Option<&str> {
        self.view.more_url.as_deref().and_then(link::absolute)
    }

    fn title(&self, size: u32, coloured: bool) -> Markup {
        html! {
            h3 id=[self.anchor()] style={ "margin:0 0 3px;font-size:" (size) "px;line-height:1.3" } lang=[self.lang()] { (self.linked_title(coloured)) }
        }
    }

    /// The title with what became of an event before it. News have a link below, so theirs looks like
    /// a title.
    fn linked_title(&self, coloured: bool) -> Markup {
        let cancelled = matches!(self.view.change, Some(super::Change::Cancelled));
        let (class, colour) = if cancelled {
            ("off", colour::DANGER)
        } else {
            ("act-text", self.palette.action.as_str())
        };
        html! {
            @if let Some(change) = wording::change(self.t, self.view) {
                span class=(class) lang=[self.lang().map(|_| self.t.code())] style={ "color:" (colour) } { (change) } " "
            }
            @match self.url() {
                Some(url) if coloured => { a href=(url) style={ "color:" (self.palette.action) } { (self.view.title) } }
                Some(url) => { a class="plain" href=(url) style={ "color:" (colour::TEXT) ";text-decoration:none" } { (self.view.title) } }
                None => { (self.view.title) }
            }
        }
    }

    /// The facts, and whom to ask, in one flow.
    fn facts(&self, beside_block: bool) -> Markup {
        let facts = wording::facts(self.t, Detail::Full, self.kind, self.view, beside_block);
        let credit = wording::credit(self.t, self.view).filter(|_| self.kind == SectionKind::News);
        let facts: Vec<String> = Some(facts)
            .filter(|facts| !facts.is_empty())
            .into_iter()
            .chain(wording::moved_from(self.t, self.view))
            .chain(credit)
            .collect();
        let contact = self.contact();
        html! {
            @if !facts.is_empty() || contact.is_some() {
                p class="quiet" style={ "margin:0;font-size:14px;line-height:1.4;color:" (colour::MUTED) } {
                    (facts.join(" · "))
                    @if let Some(contact) = contact {
                        @if !facts.is_empty() { " · " }
                        (contact)
                    }
                }
            }
        }
    }

    /// The teaser, the whole text where it is told, and the link to more.
    fn texts(&self) -> Markup {
        let teaser = wording::full_teaser(self.kind, self.tells_body, self.view);
        let more = self.more();
        html! {
            @if let Some(teaser) = teaser {
                p style={ "margin:3px 0 0;line-height:1.45" @if !self.view.lead { ";font-size:15px" } } {
                    @if self.lang().is_some() { span lang=[self.lang()] { (teaser) } } @else { (teaser) }
                    @if !self.tells_body { " " (more) }
                }
            }
            @if self.tells_body {
                div style="margin:8px 0 0" lang=[self.lang()] { (rich_text::styled(&self.view.body, &self.palette)) }
            }
            @if teaser.is_none() || self.tells_body {
                @if !more.0.is_empty() { p style="margin:3px 0 0" { (more) } }
            }
        }
    }

    fn paper(&self) -> Markup {
        let Some(paper) = &self.view.paper else {
            return html! {};
        };
        html! {
            @let texts = wording::paper_texts(self.t, paper);
            @if !texts.is_empty() {
                p style="margin:3px 0 0;font-size:15px" {
                    @for (at, (label, text)) in texts.iter().enumerate() {
                        @if at > 0 { " " }
                        b { (label) } " " span lang=[self.lang()] { (text) }
                    }
                }
            }
            @if !paper.attachments.is_empty() {
                p class="quiet" style={ "margin:3px 0 0;font-size:14px;color:" (colour::MUTED) } {
                    (wording::attachments(self.t, paper)) " "
                    @for (at, (title, url)) in paper.attachments.iter().take(wording::MOST_ATTACHMENTS).enumerate() {
                        @if at > 0 { " · " }
                        (self.anchor_to(url, title))
                    }
                    @if let Some(further) = wording::further_attachments(self.t, paper) { " " (further) }
                }
            }
        }
    }

    fn anchor_to(&self, url: &str, words: &str) -> Markup {
        html! {
            @match link::absolute(url) {
                Some(url) => { a href=(url) style={ "color:" (self.palette.action) } { (words) } }
                None => { (words) }
            }
        }
    }

    /// Whom to ask: the name leads to the address.
    fn contact(&self) -> Option<Markup> {
        let shown = wording::shows_contact(self.kind, self.tells_body, self.view);
        let (label, contact) = wording::contact(self.t, self.view).filter(|_| shown)?;
        let name = contact.name.as_deref().or(contact.email.as_deref());
        let who = name.map(|name| {
            let url = contact
                .email
                .as_ref()
                .map(|address| format!("mailto:{address}"));
            self.anchor_to(&url.unwrap_or_default(), name)
        });
        let phone = contact.phone.as_deref().map(|number| html! {
            @match link::telephone(number) {
                Some(url) => { a href=(url) style={ "color:" (self.palette.action) ";white-space:nowrap" } { (number) } }
                None => { (number) }
            }
        });
        Some(html! {
            (label) " "
            @for (at, one) in [who, phone].into_iter().flatten().enumerate() {
                @if at > 0 { " · " }
                (one)
            }
        })
    }

    /// The link to more; the titles of everything but news are links already.
    fn more(&self) -> Markup {
        html! {
            @if let Some(url) = self.url().filter(|_| self.kind == SectionKind::News) {
                a href=(url) aria-label=(wording::more_about(self.t, self.view)) style={ "color:" (self.palette.action) ";white-space:nowrap" } { (self.t.say("issue-more")) }
            }
        }
    }

    /// A picture over the whole width.
    fn above(&self, picture: &PictureView) -> Markup {
        html! {
            @if let Some(image) = image(picture, WIDTH, LEAD_HEIGHT, &self.palette) { p style="margin:0 0 12px" { (image) } }
        }
    }

    /// A picture beside the text, or above it where both have no room.
    fn beside(&self, picture: &PictureView, text: &Markup) -> Markup {
        let (width, height) = BESIDE;
        let Some(image) = image(picture, width, height, &self.palette) else {
            return text.clone();
        };
        html! {
            (PreEscaped(GHOST_BEGIN))
            div class="pic" style={ "display:inline-block;vertical-align:top;width:100%;max-width:" (width) "px;padding:3px " (GAP) "px 8px 0" } { (image) }
            (PreEscaped(GHOST_BETWEEN))
            div class="beside" style={ "display:inline-block;vertical-align:top;width:100%;max-width:" (WIDTH - width - GAP) "px" } { (text) }
            (PreEscaped(GHOST_END))
        }
    }
}

/// An item of one cell, with a line below it.
fn row(content: &Markup) -> Markup {
    html! {
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
            tr {
                td class="line" style={ "padding:11px 0;border-bottom:1px solid " (colour::LINE) } { (content) }
            }
        }
    }
}

/// The picture in this room; where images are off its description stands on a tinted ground.
fn image(picture: &PictureView, width: u32, height: u32, palette: &Palette) -> Option<Markup> {
    let src = picture.src_in_mail()?;
    let (width, height) = picture.size_within(width, height)?;
    Some(html! {
        img class="tint" src=(src) width=(width) height=(height) alt=(picture.alt())
            style={ "display:block;width:100%;max-width:" (width) "px;height:auto;border:0;border-radius:4px;background:" (palette.tint) ";font-size:13px;line-height:1.3" };
    })
}
