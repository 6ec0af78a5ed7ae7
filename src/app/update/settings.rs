//! Changing settings by name: here what the core knows itself, by the world what the terminal must be told.

use super::prompt;
use crate::app::{Effect, Layout, Model, Setting, Severity, side};

/// Sets what was typed: `theme light`, `theme=light`, `mouse`, `nomouse`. What lacks a value lists those that there are.
pub(super) fn set(model: &mut Model, typed: &str) -> Vec<Effect> {
    let typed = typed.trim();
    let (name, value) = typed.split_once([' ', '=']).map_or((typed, ""), |(name, value)| (name.trim(), value.trim()));
    let (name, value) = match name.strip_prefix("no") {
        Some(off) if value.is_empty() && is_switch(off) => (off, "off"),
        _ if is_switch(name) && value.is_empty() => (name, "on"),
        _ => (name, value),
    };
    let begun: Vec<Setting> = Setting::ALL.iter().copied().filter(|setting| setting.name().starts_with(name)).collect();
    let exact = begun.iter().copied().find(|setting| setting.name() == name);
    let setting = match (exact, begun.as_slice()) {
        (Some(setting), _) => setting,
        (None, [setting]) => *setting,
        (None, _) => {
            let names: Vec<&str> = Setting::ALL.iter().map(|setting| setting.name()).collect();
            model.tell(
                Severity::Warning,
                format!("there is no setting '\u{2068}{name}\u{2069}'; there are: {}", names.join(", ")),
            );
            return Vec::new();
        }
    };
    if value.is_empty() {
        return prompt::command_begun(model, &format!("set {} ", setting.name()));
    }
    change(model, setting, value)
}

/// Whether a setting of this name is on or off.
fn is_switch(name: &str) -> bool {
    [Setting::Mouse, Setting::Snippets].iter().any(|setting| setting.name() == name)
}

fn change(model: &mut Model, setting: Setting, value: &str) -> Vec<Effect> {
    let values = model.values(setting);
    let is_known = |value: &str| values.iter().any(|known| known == value);
    // A theme may be a file; of keyboard layouts there may be several.
    let is_open = match setting {
        Setting::Theme | Setting::Layouts => true,
        Setting::Width => value.parse::<u16>().is_ok_and(|columns| columns >= 20),
        _ => false,
    };
    if !is_open && !is_known(value) {
        model.tell(
            Severity::Warning,
            format!("{} cannot be '\u{2068}{value}\u{2069}'; it can be: {}", setting.name(), values.join(", ")),
        );
        return Vec::new();
    }
    match setting {
        Setting::Theme | Setting::Bidi | Setting::Harakat | Setting::Shaping | Setting::Mouse => {
            return vec![Effect::Set(setting, value.to_owned())];
        }
        Setting::Snippets => {
            let effects = model.show_snippets(value == "on");
            done(model, setting);
            return effects;
        }
        Setting::Layout => {
            model.lay_out(value.parse().unwrap_or_default());
            if model.layout == Layout::Auto && !model.is_narrowed() {
                model.side = side::suiting(model.list.head(), model.side);
            }
        }
        Setting::LowBandwidth => model.settings.low_bandwidth = value == "on",
        Setting::Width | Setting::Paragraphs | Setting::Spacing | Setting::Tatweel => {
            let typography = &mut model.settings.typography;
            // What is listed can be read.
            let number = value.parse::<u16>().unwrap_or_default();
            let rows = u8::try_from(number).unwrap_or_default();
            match setting {
                Setting::Width => typography.measure = number,
                Setting::Paragraphs => typography.between_paragraphs = rows,
                Setting::Spacing => typography.between_rows = rows,
                _ => typography.tatweel = value == "on",
            }
            model.typeset();
        }
        Setting::Keys | Setting::Layouts => {
            let mut settings = model.settings.clone();
            match setting {
                Setting::Keys => settings.set_keys(value),
                _ => settings.set_layouts(value),
            }
            // Faults of the reader's own file were told before.
            let (keymap, faults) = settings.keymap();
            if let Some(fault) = faults.iter().find(|fault| !model.faults.contains(fault)) {
                model.tell(Severity::Warning, fault);
                return Vec::new();
            }
            (model.settings, model.keymap) = (settings, keymap);
        }
    }
    done(model, setting);
    Vec::new()
}

/// Notes what the world has set.
pub(super) fn is_set(model: &mut Model, setting: Setting, value: String) {
    match setting {
        Setting::Theme => model.settings.theme = value,
        Setting::Bidi => model.settings.bidi = value,
        Setting::Mouse => model.settings.mouse = value == "on",
        Setting::Harakat => model.settings.harakat = value,
        Setting::Shaping => {
            model.settings.typography.shaping = value == "on";
            model.typeset();
        }
        Setting::Layout
        | Setting::Width
        | Setting::Paragraphs
        | Setting::Spacing
        | Setting::Tatweel
        | Setting::LowBandwidth
        | Setting::Keys
        | Setting::Snippets
        | Setting::Layouts => {}
    }
    done(model, setting);
}

fn done(model: &mut Model, setting: Setting) {
    let (name, value) = (setting.name(), model.setting(setting));
    model.tell(Severity::Info, format!("{name} is \u{2068}{value}\u{2069} until you leave; config.toml sets it for good"));
}
