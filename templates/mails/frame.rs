//! What all mails have in common: the sheet, the preheader, buttons, the foot.
//!
//! One column of 640 px in tables, because Outlook's Word engine knows nothing else; every style
//! inline, because GMX and WEB.DE drop style sheets; `lang` on the wrapper too, because some
//! programs drop `html` and `body`.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::colour::mail;
use crate::link;
use crate::palette::{FONT, Palette};
use crate::plain_text::Text;
use crate::site::Site;

/// The width of the sheet in Outlook; elsewhere it is at most this.
const GHOST_BEGIN: &str = "<!--[if mso]><table role=\"presentation\" width=\"640\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->";
const GHOST_END: &str = "<!--[if mso]></td></tr></table><![endif]-->";

/// Blank characters after the preheader, so that programs do not fill their preview from the body.
const SPACER: &str = "&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;";

/// A whole document: `body` on the sheet, `foot` below it.
pub(crate) fn document(
    site: &Site,
    title: impl maud::Render,
    preheader: impl maud::Render,
    body: &Markup,
    foot: &Markup,
) -> String {
    let code = site.locale.code();
    let palette = Palette::new(site.action_colour.as_deref());
    let (surface, sheet, text, muted) = (mail::SURFACE, mail::SHEET, mail::TEXT, mail::MUTED);
    let document = html! {
        (DOCTYPE)
        html lang=(code) dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                // iOS makes links of dates and numbers, in blue on whatever ground.
                meta name="format-detection" content="telephone=no,date=no,address=no,email=no";
                title { (title) }
                style { (PreEscaped(palette.style_sheet())) }
            }
            body class="ground" style={ "margin:0;padding:0;background:" (surface) } {
                div class="ground" lang=(code) dir="ltr" style={ "background:" (surface) } {
                    div style="display:none;mso-hide:all;max-height:0;overflow:hidden" {
                        (preheader)
                        span aria-hidden="true" { (PreEscaped(SPACER)) }
                    }
                    (PreEscaped(GHOST_BEGIN))
                    table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;margin:0 auto" {
                        tr {
                            td class="sheet pad" style={ "background:" (sheet) ";border-top:4px solid " (palette.action) ";padding:20px 28px;color:" (text) ";font-family:" (FONT) ";font-size:16px;line-height:1.5;word-break:break-word" } {
                                div role="main" { (body) }
                            }
                        }
                        tr {
                            td class="quiet pad" style={ "padding:20px 28px;color:" (muted) ";font-family:" (FONT) ";font-size:14px;line-height:1.5;word-break:break-word" } {
                                div role="contentinfo" { (foot) }
                            }
                        }
                    }
                    (PreEscaped(GHOST_END))
                }
            }
        }
    };
    document.into_string()
}

/// Whose mail it is: the logo or the name, above the heading.
pub(crate) fn masthead(site: &Site) -> Markup {
    html! {
        @match site.logo.as_deref().and_then(link::absolute) {
            Some(logo) => {
                p style="margin:0 0 16px" {
                    img src=(logo) alt=(site.organisation) height="48" style="height:48px;width:auto;border:0;background:#ffffff";
                }
            }
            None => {
                p class="quiet" style={ "margin:0 0 12px;font-size:14px;color:" (mail::MUTED) } { (site.organisation) }
            }
        }
    }
}

/// The mail's heading.
pub(crate) fn heading(title: &str) -> Markup {
    html! { h1 style="margin:0 0 16px;font-size:26px;line-height:1.25" { (title) } }
}

/// A paragraph.
pub(crate) fn paragraph(content: impl maud::Render) -> Markup {
    html! { p style="margin:0 0 16px" { (content) } }
}

/// A button that is one in Outlook too. Without a usable link there is none.
pub(crate) fn button(site: &Site, url: &str, label: &str) -> Markup {
    let Some(url) = link::absolute(url) else {
        return html! {};
    };
    let palette = Palette::new(site.action_colour.as_deref());
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px" {
            tr {
                td class="act" bgcolor=(palette.action) style={ "background:" (palette.action) ";border-radius:4px;padding:12px 24px" } {
                    a href=(url) style="color:#ffffff;font-weight:bold;text-decoration:none;display:inline-block" { (label) }
                }
            }
        }
    }
}

/// A link in running text.
pub(crate) fn anchor(site: &Site, url: &str, label: &str) -> Markup {
    let palette = Palette::new(site.action_colour.as_deref());
    html! {
        @match link::absolute(url) {
            Some(url) => { a href=(url) style={ "color:" (palette.action) } { (label) } }
            None => { (label) }
        }
    }
}

/// The lines of the imprint, without links.
fn imprint(site: &Site) -> Vec<String> {
    let t = site.locale;
    let own = &site.imprint;
    let mut lines = vec![own.organisation.clone()];
    lines.extend(own.address.iter().cloned());
    let say = |key: &str, name: &'static str, value: &Option<String>| {
        value
            .as_ref()
            .map(|value| t.fill(key, [(name, value.as_str().into())]))
    };
    lines.extend(say("mail-represented", "name", &own.representative));
    lines.extend(say("mail-phone", "phone", &own.phone));
    lines.extend(say("mail-email", "email", &own.email));
    lines.extend(own.register.clone());
    lines.extend(say("mail-responsible", "name", &own.responsible));
    lines
}

/// The foot of every mail: who answers for it, and where to read more.
pub(crate) fn foot(site: &Site) -> Markup {
    html! {
        p style="margin:0 0 8px" {
            @for (at, line) in imprint(site).iter().enumerate() {
                @if at == 0 { strong { (line) } } @else { " · " (line) }
            }
        }
        p style="margin:0" {
            @for (at, (words, url)) in links(site).iter().enumerate() {
                @if at > 0 { " · " }
                (anchor(site, url, words))
            }
        }
    }
}

/// The pages that every mail leads to.
fn links(site: &Site) -> [(String, &str); 3] {
    let t = site.locale;
    let links = &site.links;
    [
        (t.say("mail-imprint"), &links.imprint),
        (t.say("mail-privacy"), &links.privacy),
        (t.say("mail-accessibility"), &links.accessibility),
    ]
}

/// The same for the text part.
pub(crate) fn foot_text(site: &Site, text: &mut Text) {
    text.signature();
    for line in imprint(site) {
        text.line(&line);
    }
    for (words, url) in links(site) {
        text.link(&words, url);
    }
}
