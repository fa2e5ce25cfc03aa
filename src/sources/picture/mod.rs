//! Reads pictures: converts an uploaded file to the JPEG files for readers. Called by
//! [`crate::app::pictures`].
//!
//! [`inspect`] reads the header of a file and returns format, size and the memory that decoding
//! takes; every refusal happens here, before decoding. [`prepare`] decodes, shrinks, rotates and
//! re-encodes it. Only the pixels of the file survive: no metadata, no position, no bytes before,
//! between or after.
//!
//! | what | bound | where |
//! | --- | --- | --- |
//! | bytes of a file | [`crate::config::Pictures::max_size`] | the caller |
//! | pixels, by the memory they take | [`MAX_MEMORY`] | [`inspect`] |
//! | passes over a progressive JPEG | `MAX_SCANS` | [`inspect`] |
//! | frames | one | [`inspect`] |
//! | bytes of a picture for mails | [`MAX_MAIL_BYTES`] | [`prepare`] |

mod encode;
mod gif;
mod jpeg;
mod shrink;

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits};

use crate::domain::named::named_enum;
use crate::domain::picture::{PictureHash, Variant};

pub use encode::MAX_MAIL_BYTES;

/// The most memory for reading one picture, in bytes: a photograph with 24 million pixels fits.
pub const MAX_MEMORY: usize = 100_000_000;
/// The side of the smallest picture: smaller ones are not recognisable.
const MIN_SIDE: u32 = 40;
/// The most uncompressed bytes of a PNG besides its pixels: colour profile, texts.
const MAX_PNG_ASIDES: u64 = 20_000_000;
/// The most scans of a JPEG; cameras and programs write ten. Each costs time.
const MAX_SCANS: u32 = 40;

named_enum! {
    /// The format of an original file.
    pub enum Format ("format of a picture") {
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// WebP.
        WebP = "webp",
        /// GIF.
        Gif = "gif",
    }
}

impl Format {
    /// Whether the name of a file ends as files of this format do.
    pub fn has_ending(self, ending: &str) -> bool {
        let ending = ending.to_ascii_lowercase();
        match self {
            Self::Jpeg => matches!(ending.as_str(), "jpg" | "jpeg" | "jpe" | "jfif"),
            Self::Png | Self::WebP | Self::Gif => ending == self.as_str(),
        }
    }
}

/// Why a file is not accepted as a picture. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Nothing is in it.
    #[error("the file is empty; choose another one")]
    Empty,
    /// A format that is not accepted, by its name.
    #[error(
        "this is {0}, which is not accepted; save the picture as JPEG or PNG and add that file"
    )]
    Refused(&'static str),
    /// SVG.
    #[error(
        "this is an SVG drawing, which is not accepted: it can hold scripts, and mail programs do not show it; save it as PNG, 1200 pixels wide, and add that file"
    )]
    Svg,
    /// An unknown format.
    #[error("this is not a picture that can be read; JPEG, PNG, WebP and GIF are accepted")]
    Unknown,
    /// More than one frame.
    #[error(
        "this picture moves, and moving pictures are not accepted; save one of its frames as PNG or JPEG and add that file"
    )]
    Animated,
    /// More pixels than accepted.
    #[error(
        "the picture has {width} × {height} pixels, and reading it would take too much memory; save it with at most 6000 × 4000 pixels as an ordinary (not progressive) JPEG and add that file"
    )]
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// Too few pixels.
    #[error(
        "the picture has only {width} × {height} pixels; use one that is at least 600 pixels wide"
    )]
    TooSmall {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The end is missing.
    #[error("the end of the file is missing; copy or download it again")]
    Truncated,
    /// The decoder gave up.
    #[error(
        "the picture is damaged ({0}); open it in a picture program, save it as JPEG and add that file"
    )]
    Damaged(String),
    /// An unsupported variety of its format.
    #[error(
        "the picture uses a rare variety of its format ({0}); save it as an ordinary JPEG (RGB, 8 bits) and add that file"
    )]
    Unsupported(String),
}

/// The result of [`inspect`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspected {
    /// What it is.
    pub format: Format,
    /// Its pixels, before it is turned upright.
    pub size: (u32, u32),
    /// The memory that [`prepare`] takes at most, in bytes.
    pub memory: usize,
}

/// A picture, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The hash of the file that was given.
    pub hash: PictureHash,
    /// The format of that file.
    pub format: Format,
    /// Its size, turned upright.
    pub size: (u32, u32),
    /// The files, those of [`Variant::kept`].
    pub files: Vec<(Variant, Vec<u8>)>,
}

/// Reads the header of a file; decodes nothing.
pub fn inspect(file: &[u8]) -> Result<Inspected, PictureError> {
    let format = format(file)?;
    let (size, memory) = match format {
        Format::Jpeg => {
            let header = jpeg::read(file)?;
            (header.size, header.memory().saturating_add(2 * file.len()))
        }
        Format::Png => {
            let decoder = png(file).map_err(damaged)?;
            if decoder.is_apng().map_err(damaged)? {
                return Err(PictureError::Animated);
            }
            whole(&decoder, 0, file)
        }
        Format::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(file)).map_err(damaged)?;
            if decoder.has_animation() {
                return Err(PictureError::Animated);
            }
            // Luma and chroma apart, or a copy with an alpha channel.
            whole(&decoder, 6, file)
        }
        Format::Gif => {
            gif::check(file)?;
            let decoder = GifDecoder::new(Cursor::new(file)).map_err(damaged)?;
            whole(&decoder, 5, file)
        }
    };
    let (width, height) = size;
    if memory > MAX_MEMORY {
        return Err(PictureError::TooManyPixels { width, height });
    }
    if width.min(height) < MIN_SIDE {
        return Err(PictureError::TooSmall { width, height });
    }
    Ok(Inspected {
        format,
        size,
        memory,
    })
}

/// The size of a picture, and the memory for its pixels, for `beside` further bytes of each, and for
/// the file.
fn whole(decoder: &impl ImageDecoder, beside: u64, file: &[u8]) -> ((u32, u32), usize) {
    let size = decoder.dimensions();
    let pixels = u64::from(size.0) * u64::from(size.1);
    let memory = decoder
        .total_bytes()
        .saturating_add(pixels.saturating_mul(beside));
    let memory = usize::try_from(memory).unwrap_or(usize::MAX);
    (size, memory.saturating_add(file.len()))
}

/// Detects the format by content, not by name.
fn format(file: &[u8]) -> Result<Format, PictureError> {
    let brand = file.get(4..12).unwrap_or_default();
    Err(match file {
        [] => PictureError::Empty,
        [0xff, 0xd8, 0xff, ..] => return Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', ..] => return Ok(Format::Png),
        [b'G', b'I', b'F', b'8', ..] => return Ok(Format::Gif),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => {
            return Ok(Format::WebP);
        }
        [b'%', b'P', b'D', b'F', ..] => PictureError::Refused("a PDF document"),
        [b'B', b'M', ..] => PictureError::Refused("a BMP picture"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            PictureError::Refused("a TIFF picture, or the raw data of a camera")
        }
        _ if brand.starts_with(b"ftypavif") => PictureError::Refused("an AVIF picture"),
        _ if [&b"ftypheic"[..], b"ftypheix", b"ftypmif1"].contains(&brand) => {
            PictureError::Refused("a HEIC picture, as iPhones take them")
        }
        _ if is_svg(file) => PictureError::Svg,
        _ => PictureError::Unknown,
    })
}

/// Whether it is XML or HTML with a drawing in it.
fn is_svg(file: &[u8]) -> bool {
    let head = &file[..file.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<') && text.contains("<svg") || head.starts_with(&[0x1f, 0x8b])
}

fn png(file: &[u8]) -> ImageResult<PngDecoder<Cursor<&[u8]>>> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_PNG_ASIDES);
    PngDecoder::with_limits(Cursor::new(file), limits)
}

/// Decodes a picture and makes the files of it. CPU-bound: call it on a blocking thread.
pub fn prepare(file: Vec<u8>, inspected: Inspected) -> Result<Prepared, PictureError> {
    let hash = PictureHash::of(&file);
    let format = inspected.format;
    let mut small = match format {
        // The decoder has a copy of its own.
        Format::Jpeg => shrunk(JpegDecoder::new(Cursor::new(file)), inspected)?,
        Format::Png => shrunk(png(&file), inspected)?,
        Format::WebP => shrunk(WebPDecoder::new(Cursor::new(file)), inspected)?,
        Format::Gif => shrunk(GifDecoder::new(Cursor::new(file)), inspected)?,
    };
    let (mut width, mut height) = inspected.size;
    small.image.apply_orientation(small.orientation);
    if (small.image.width() > small.image.height()) != (width > height) {
        (width, height) = (height, width);
    }
    let files = encode::files(small.image.into_rgb8(), (width, height))?;
    Ok(Prepared {
        hash,
        format,
        size: (width, height),
        files,
    })
}

/// A picture in the largest size that is kept, not yet turned.
struct Small {
    image: DynamicImage,
    orientation: image::metadata::Orientation,
}

fn shrunk(
    decoder: ImageResult<impl ImageDecoder>,
    inspected: Inspected,
) -> Result<Small, PictureError> {
    let mut decoder = decoder.map_err(damaged)?;
    // The decoded size must equal the inspected one: two headers in one file must not differ.
    if decoder.dimensions() != inspected.size {
        return Err(PictureError::Damaged("it declares two sizes".to_owned()));
    }
    // Damaged Exif data is no reason to refuse the picture.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let size = Variant::W1600.size(inspected.size);
    Ok(Small {
        image: DynamicImage::ImageRgb8(shrink::shrink(&image, size)),
        orientation,
    })
}

fn damaged(error: ImageError) -> PictureError {
    match error {
        ImageError::Unsupported(error) => PictureError::Unsupported(short(&error)),
        error => PictureError::Damaged(short(&error)),
    }
}

/// The decoder's message; it may quote the file.
fn short(error: &impl std::fmt::Display) -> String {
    crate::domain::text::single_line(&error.to_string(), 120)
}

#[cfg(test)]
mod tests;
