//! The files pages refer to, under names that change with their content.

/// A file to be served at `/assets/{name}`, to be kept by browsers for as long as they like.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its name, which holds a hash of its content.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// Where it is served.
    pub fn href(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// The assets of an installation; the first one is the stylesheet. `action_colour` (`#rrggbb`,
/// dark enough for white text) takes the place of the built-in colour of buttons and links.
pub fn assets(action_colour: Option<&str>) -> Vec<Asset> {
    let _ = action_colour;
    vec![Asset {
        name: "rundbrief.css".into(),
        content_type: "text/css; charset=utf-8",
        bytes: Vec::new(),
    }]
}
