//! The window on the graph: how large it is drawn, and which part of it is in sight. The browser scrolls it, so that
//! fingers, wheels and the arrow keys move it as they move everything.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::Element;
use yew::prelude::*;

use crate::svg::{Picture, Size, closer, fit, further, opening, scaled, scroll_after, scroll_to};

/// A pointer that moved less than this since it was pressed has not dragged, in pixels.
const CLICK: i32 = 4;

/// What the window keeps free around the picture, as its style sheet says.
const AIR: Size = (8, 52);

/// What is asked of the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    /// All of it in sight.
    Fit,
    /// One step larger.
    Closer,
    /// One step smaller.
    Further,
    /// This size, in percent.
    To(u32),
}

/// The window, and what its element needs.
pub struct Window {
    /// Its element.
    pub node: NodeRef,
    /// The size of the picture, in percent.
    pub percent: u32,
    /// Whether it is being dragged.
    pub dragged: bool,
    /// Called with what is asked of the size.
    pub onzoom: Callback<Zoom>,
    /// The wheel, with Ctrl.
    pub onwheel: Callback<WheelEvent>,
    /// The beginning of a drag.
    pub onpointerdown: Callback<PointerEvent>,
    /// Its course.
    pub onpointermove: Callback<PointerEvent>,
    /// Its end.
    pub onpointerup: Callback<PointerEvent>,
    /// The pointer comes: what it points at is in sight.
    pub onpointerenter: Callback<PointerEvent>,
    /// The pointer goes.
    pub onpointerleave: Callback<PointerEvent>,
    /// Keys for the size.
    pub onkeydown: Callback<KeyboardEvent>,
}

/// Where a drag began, and how far the window was scrolled there.
#[derive(Clone, Copy, Default)]
struct Drag {
    pressed: bool,
    at: Size,
    scroll: Size,
}

fn size_of(node: &NodeRef) -> Option<Size> {
    let element = node.cast::<Element>()?;
    Some((element.client_width(), element.client_height())).filter(|size| size.0 > 0)
}

fn within(window: Size) -> Size {
    (window.0 - AIR.0, window.1 - AIR.1)
}

/// A window on a picture. It follows a step that is pointed at elsewhere, and keeps the one that is chosen in sight, beside
/// or above which it gets smaller.
#[hook]
pub fn use_window(picture: &Rc<Picture>, pointed: Option<usize>, chosen: Option<usize>) -> Window {
    let node = use_node_ref();
    let percent = use_state_eq(|| 100_u32);
    // Whether the size is the reader's; until then it follows the picture and the window.
    let own = use_mut_ref(|| false);
    let drag = use_mut_ref(Drag::default);
    let dragged = use_state_eq(|| false);
    let over = use_mut_ref(|| false);
    let size = (picture.width, picture.height);

    use_effect_with((size, chosen.is_some()), {
        let (node, percent, own) = (node.clone(), percent.setter(), own.clone());
        move |&(size, _)| {
            let open = move || {
                if let Some(window) = size_of(&node).filter(|_| !*own.borrow()) {
                    percent.set(opening(size, within(window)));
                }
            };
            open();
            let listener = web_sys::window().map(|window| EventListener::new(&window, "resize", move |_| open()));
            move || drop(listener)
        }
    });

    let zoom_at = {
        let (node, percent, own) = (node.clone(), percent.clone(), own);
        Rc::new(move |wanted: u32, at: Option<Size>| {
            let Some((element, window)) = node.cast::<Element>().zip(size_of(&node)) else {
                return;
            };
            *own.borrow_mut() = true;
            let at = at.unwrap_or((window.0 / 2, window.1 / 2));
            let left = scroll_after(element.scroll_left(), at.0, *percent, wanted);
            let top = scroll_after(element.scroll_top(), at.1, *percent, wanted);
            percent.set(wanted);
            // What is there to scroll is known once the picture has its size.
            gloo::timers::callback::Timeout::new(0, move || {
                element.set_scroll_left(left);
                element.set_scroll_top(top);
            })
            .forget();
        })
    };
    let onzoom = {
        let (zoom_at, node, percent) = (Rc::clone(&zoom_at), node.clone(), *percent);
        Callback::from(move |zoom: Zoom| {
            let wanted = match zoom {
                Zoom::Fit => size_of(&node).map_or(percent, |window| fit(size, within(window))),
                Zoom::Closer => closer(percent),
                Zoom::Further => further(percent),
                Zoom::To(wanted) => wanted,
            };
            zoom_at(wanted, None);
        })
    };
    let onwheel = {
        let (percent, zoom_at, node) = (*percent, Rc::clone(&zoom_at), node.clone());
        Callback::from(move |event: WheelEvent| {
            if !event.ctrl_key() {
                return;
            }
            event.prevent_default();
            let corner = node.cast::<Element>().map(|element| element.get_bounding_client_rect());
            let corner = corner.map_or((0, 0), |area| (area.left() as i32, area.top() as i32));
            let at = (event.client_x() - corner.0, event.client_y() - corner.1);
            zoom_at(if event.delta_y() < 0.0 { closer(percent) } else { further(percent) }, Some(at));
        })
    };
    let onkeydown = {
        let onzoom = onzoom.clone();
        Callback::from(move |event: KeyboardEvent| {
            let zoom = match event.key().as_str() {
                _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return,
                "+" | "=" => Zoom::Closer,
                "-" => Zoom::Further,
                "0" => Zoom::Fit,
                "1" => Zoom::To(100),
                _ => return,
            };
            event.prevent_default();
            onzoom.emit(zoom);
        })
    };

    use_effect_with((chosen.or(pointed), chosen, *percent), {
        let (node, picture, percent, over) = (node.clone(), Rc::clone(picture), *percent, over.clone());
        move |&(step, chosen, _)| {
            let card = step.and_then(|step| picture.cards.iter().find(|card| card.step == step));
            // What the pointer is on is in sight already, and would run away from it.
            let element = node.cast::<Element>().filter(|_| chosen.is_some() || !*over.borrow());
            if let (Some(card), Some(element)) = (card, element) {
                let area = card.area;
                let edge = |at: i32| scaled(at, percent);
                let (x, y) = (element.scroll_left(), element.scroll_top());
                if let Some(x) = scroll_to(x, element.client_width(), edge(area.x), edge(area.x + area.width)) {
                    element.set_scroll_left(x);
                }
                if let Some(y) = scroll_to(y, element.client_height(), edge(area.y), edge(area.y + area.height)) {
                    element.set_scroll_top(y);
                }
            }
        }
    });

    // Fingers scroll by themselves.
    let by_mouse = |event: &PointerEvent| event.pointer_type() == "mouse" && event.button() == 0;
    let onpointerdown = {
        let (node, drag) = (node.clone(), drag.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>().filter(|_| by_mouse(&event)) {
                let scroll = (element.scroll_left(), element.scroll_top());
                *drag.borrow_mut() = Drag { pressed: true, at: (event.client_x(), event.client_y()), scroll };
            }
        })
    };
    let onpointermove = {
        let (node, drag, dragged) = (node.clone(), drag.clone(), dragged.clone());
        Callback::from(move |event: PointerEvent| {
            let from = *drag.borrow();
            if !from.pressed || event.buttons() & 1 == 0 {
                return;
            }
            let (dx, dy) = (event.client_x() - from.at.0, event.client_y() - from.at.1);
            if let Some(element) = node.cast::<Element>().filter(|_| *dragged || dx.abs().max(dy.abs()) >= CLICK) {
                if !*dragged {
                    // From here on it is no click on what lies below, and goes on outside of the window.
                    let _ = element.set_pointer_capture(event.pointer_id());
                    dragged.set(true);
                }
                element.set_scroll_left(from.scroll.0 - dx);
                element.set_scroll_top(from.scroll.1 - dy);
            }
        })
    };
    let onpointerup = {
        let (drag, dragged) = (drag, dragged.clone());
        Callback::from(move |_: PointerEvent| {
            drag.borrow_mut().pressed = false;
            dragged.set(false);
        })
    };
    let hover = |inside: bool| {
        let over = over.clone();
        Callback::from(move |_: PointerEvent| *over.borrow_mut() = inside)
    };
    Window {
        node,
        percent: *percent,
        dragged: *dragged,
        onzoom,
        onwheel,
        onpointerdown,
        onpointermove,
        onpointerup,
        onpointerenter: hover(true),
        onpointerleave: hover(false),
        onkeydown,
    }
}
