//! The colours and type of mails.

use crate::colour::{self, mail};

/// What mails are set in: found on every system, no download.
pub(crate) const FONT: &str =
    "'Fira Sans','Noto Sans','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/// The colours of one installation's mails.
#[derive(Debug, Clone)]
pub(crate) struct Palette {
    /// Links and buttons, `#rrggbb`.
    pub action: String,
    /// Links and buttons where the reader's scheme is dark.
    pub dark_action: String,
    /// A ground of the same hue that carries text, `#rrggbb`.
    pub tint: String,
    /// Its twin for the dark.
    pub dark_tint: String,
}

impl Palette {
    /// With the installation's own colour, if it has a fitting one.
    pub(crate) fn new(own: Option<&str>) -> Self {
        let action = colour::action(own);
        let built_in = action.hex() == mail::ACTION;
        let dark_action = if built_in {
            mail::DARK_ACTION.to_owned()
        } else {
            action.for_the_dark().hex()
        };
        Self {
            tint: action.tint().hex(),
            dark_tint: action.dark_tint().hex(),
            action: action.hex(),
            dark_action,
        }
    }

    /// Rules for programs that read a style sheet: the dark scheme, and narrow screens. Everything
    /// else stands inline; GMX and WEB.DE drop this block.
    pub(crate) fn style_sheet(&self) -> String {
        use mail::{
            DARK_ACTION, DARK_DANGER, DARK_LINE, DARK_MUTED, DARK_SHEET, DARK_SURFACE, DARK_TEXT,
        };
        let (action, tint) = (&self.dark_action, &self.dark_tint);
        debug_assert!(DARK_ACTION.starts_with('#'));
        format!(
            ":root{{color-scheme:light dark}}\
             @media (max-width:480px){{.pad{{padding-left:16px!important;padding-right:16px!important}}\
             .pic{{width:34%!important;padding-right:14px!important;box-sizing:border-box}}\
             .beside{{width:66%!important}}.beside h3{{font-size:17px!important}}}}\
             @media (prefers-color-scheme:dark){{\
             .ground{{background:{DARK_SURFACE}!important}}\
             .sheet{{background:{DARK_SHEET}!important;color:{DARK_TEXT}!important;border-color:{action}!important}}\
             .quiet{{color:{DARK_MUTED}!important}}\
             .line{{border-color:{DARK_LINE}!important}}\
             .off{{color:{DARK_DANGER}!important}}\
             .sheet a,.ground a,.act-text{{color:{action}!important}}\
             .sheet a.plain{{color:{DARK_TEXT}!important}}\
             .head{{border-color:{DARK_MUTED}!important}}\
             .day,.tint{{background:{tint}!important}}\
             .sheet td.act{{background:{action}!important}}\
             .sheet td.act a{{color:#000000!important}}}}"
        )
    }
}
