#!/usr/bin/python3
"""A browser on WebKit's GTK port that WebKitWebDriver can drive: Safari's engine, as like an iPhone's as it gets here.

usage: webkit_browser.py FOLDER POSITION LANGUAGE

What pages store lies in FOLDER and outlives the browser; "-" is private browsing. POSITION is "LATITUDE,LONGITUDE,METRES",
or "denied"; LANGUAGE is what the phone is set to, such as "zh-CN". Debian's MiniBrowser keeps nothing, finds no position
and says that it is a Linux computer."""

import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)
# Safari has them; the GTK port leaves them off.
FEATURES = {"FileSystem", "StorageAPI", "StorageAPIEstimate"}

# What a page complains of, from its beginning on.
COMPLAINTS = """
    window.complaints = [];
    addEventListener("error", (event) => complaints.push(String(event.message)));
    addEventListener("unhandledrejection", (event) => complaints.push(String(event.reason)));
    addEventListener("securitypolicyviolation", (event) => complaints.push(event.violatedDirective + " " + event.blockedURI));
"""


def data_manager(folder):
    if folder == "-":
        return WebKit2.WebsiteDataManager.new_ephemeral()
    return WebKit2.WebsiteDataManager(base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache")


def iphone_settings():
    settings = WebKit2.Settings()
    settings.set_user_agent(IPHONE)
    features = WebKit2.Settings.get_all_features()
    for feature in map(features.get, range(features.get_length())):
        if feature.get_identifier() in FEATURES:
            settings.set_feature_enabled(feature, True)
    return settings


class Browser:
    def __init__(self, folder, position, language):
        self.context = WebKit2.WebContext(website_data_manager=data_manager(folder))
        self.context.set_preferred_languages([language])
        self.settings = iphone_settings()
        self.position = None if position == "denied" else WebKit2.GeolocationPosition.new(*map(float, position.split(",")))
        self.context.set_automation_allowed(True)
        self.context.connect("automation-started", self.begin)
        self.context.get_geolocation_manager().connect("start", self.locate)

    def begin(self, _context, session):
        info = WebKit2.ApplicationInfo()
        info.set_name(pathlib.Path(__file__).stem)
        session.set_application_info(info)
        session.connect("create-web-view", self.open_window)

    def open_window(self, _session):
        content = WebKit2.UserContentManager()
        content.add_script(WebKit2.UserScript(
            COMPLAINTS, WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START))
        view = WebKit2.WebView(
            web_context=self.context, settings=self.settings, user_content_manager=content, is_controlled_by_automation=True)
        view.connect("permission-request", self.answer)
        window = Gtk.Window(default_width=390, default_height=844)
        window.add(view)
        view.connect("close", lambda _view: window.destroy())
        window.show_all()
        return view

    def answer(self, _view, request):
        if isinstance(request, WebKit2.GeolocationPermissionRequest) and self.position is None:
            request.deny()
        else:
            request.allow()
        return True

    def locate(self, manager):
        manager.update_position(self.position)
        return True


browser = Browser(*sys.argv[1:])
Gtk.main()
