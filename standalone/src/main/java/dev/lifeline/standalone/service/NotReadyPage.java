package dev.lifeline.standalone.service;

/** What a browser is shown while there is nobody yet to serve the dashboard: in its colours, and gone by itself. */
final class NotReadyPage {

    static final String HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="2">
            <title>Lifeline is starting or stopping</title>
            <style>
            :root{color-scheme:light dark;--bg:#f6f6f3;--ink:#1c1e21;--ink-2:#5d636b}
            @media (prefers-color-scheme:dark){:root{--bg:#121417;--ink:#eceef0;--ink-2:#a2a9b2}}
            body{background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif;margin:0}
            main{margin:auto;max-width:34rem;padding:18vh 24px 24px}
            h1{font-size:26px;letter-spacing:-.02em;line-height:1.2;margin:0}
            p{color:var(--ink-2);margin:8px 0 0}
            </style>
            </head>
            <body>
            <main>
            <h1>Lifeline is starting or stopping</h1>
            <p>This page tries again every two seconds, by itself.</p>
            </main>
            </body>
            </html>
            """;

    private NotReadyPage() {}
}
