#include "plan_html.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/backup/manifest.h"
#include "core/frozen_plan.h"
#include "html_steps.h"
#include "html_text.h"
#include "impact_words.h"
#include "plan_diagram.h"
#include "plan_style.h"
#include "plan_text.h"
#include "secrets.h"
#include "units.h"
#include "words.h"

namespace migrate::output {
namespace {

using core::impact::ForeignKeyLink;
using core::impact::Impact;
using core::impact::Risk;
using core::impact::Weight;

std::string section(const char* id, const char* heading, const std::string& body) {
  return fmt::format("<section id=\"{}\"><h2>{}</h2>\n{}</section>\n", id, heading, body);
}

std::string tile(std::string_view number, std::string_view words) {
  return fmt::format("<li><b>{}</b> {}</li>", html(number), html(words));
}

std::string header(const port::PlanShown& plan) {
  const Impact* impact = plan.impact ? &*plan.impact : nullptr;
  std::string out = "<header><p class=\"eyebrow\">Migration plan</p>\n";
  out += impact == nullptr
             ? "<h1>What would run</h1>\n"
             : fmt::format("<h1>Schema {}</h1>\n<p class=\"faint\">on {}, as {}</p>\n",
                           html(impact->server.schema), html(server_text(impact->server)),
                           html(impact->server.account));
  std::uint64_t statements = 0;
  for (const port::PlanView& view : plan.steps) statements += view.planned.statements();
  const auto high = std::ranges::count(plan.risks, Weight::high, &Risk::weight);
  out += "<ul class=\"tiles\">" + tile(human_number(plan.steps.size()), "steps") +
         tile(human_number(statements), "statements");
  if (impact != nullptr) {
    out += tile(human_number(impact->tables.size()), "tables");
    const core::impact::ExpectedTime expected = core::impact::expected_time(*impact);
    out += tile(core::estimate::time_text(expected.known),
                expected.unknown == 0
                    ? "expected"
                    : fmt::format("expected; {} unknown", counted(expected.unknown, "statement")));
    out += tile(std::to_string(high), high == 1 ? "high risk" : "high risks");
  }
  out += "</ul>\n";
  if (plan.frozen) {
    out += fmt::format("<p>Frozen in <code>{}</code>: plan <code>{}</code></p>\n",
                       html(plan.frozen->path), html(plan.frozen->hash));
  }
  if (impact != nullptr && !impact->asked.empty())
    out += fmt::format("<p class=\"faint\">How statements run was asked of {}{}{}.</p>\n",
                       html(impact->asked), impact->asked_another.empty() ? "" : "; ",
                       html(impact->asked_another));
  if (impact != nullptr && !impact->not_asked.empty())
    out += fmt::format(
        "<p class=\"callout\">How the server runs statements, and what they make of its objects, "
        "is not known: {}</p>\n",
        html(impact->not_asked));
  return out + "</header>\n";
}

const char* tone_of(Weight weight) {
  if (weight == Weight::high) return "bad";
  return weight == Weight::medium ? "warn" : "quiet";
}

std::string risk_html(const Impact& impact, const Risk& risk) {
  std::string out = fmt::format("<li class=\"{}\">{}<div>", tone_of(risk.weight),
                                html_tag(tone_of(risk.weight), word(risk.weight)));
  const std::string place = place_text(impact, risk);
  if (!place.empty()) {
    out += fmt::format("<a href=\"#{}\">{}</a><br>",
                       html_anchor(risk.place->step, risk.place->statement), html(place));
  }
  out += html(without_passwords(risk.words));
  if (!risk.way_out.empty())
    out += fmt::format("<br><span class=\"faint\">{}</span>", html(risk.way_out));
  return out + "</div></li>\n";
}

std::string risks(const port::PlanShown& plan) {
  std::string items;
  for (const Risk& risk : plan.risks) items += risk_html(*plan.impact, risk);
  for (const std::string& warning : plan.warnings) {
    items += fmt::format("<li class=\"warn\">{}<div>{}</div></li>\n", html_tag("warn", "to read"),
                         html(warning));
  }
  if (items.empty()) items = "<li class=\"good\"><div>None was found.</div></li>\n";
  return section("risks", "Risks", "<ul class=\"risks\">\n" + items + "</ul>\n");
}

std::string traffic(const core::impact::Traffic& traffic) {
  std::string rows;
  for (const core::Blocker& blocker : traffic.blockers) {
    rows += fmt::format(
        "<tr><td>{}</td><td>{}@{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"sql\">{}</td>"
        "</tr>\n",
        blocker.connection_id, html(blocker.user), html(blocker.host),
        human_duration(blocker.age_s * 1'000'000),
        html(blocker.tables.empty() ? "not known" : blocker.tables), core::held_by(blocker),
        html_sql(blocker.statement));
  }
  std::string body;
  if (!rows.empty()) {
    body = fmt::format(
        "<div class=\"scroll\"><table><thead><tr><th>connection</th><th>who</th><th>since</th>"
        "<th>table</th><th>holds</th><th>last statement</th></tr></thead><tbody>\n{}</tbody>"
        "</table></div>\n",
        rows);
  } else {
    body = "<p>Nobody who was seen holds a lock on these tables.</p>\n";
  }
  for (const std::string& unknown : traffic.unknown)
    body += fmt::format("<p class=\"callout\">Not known: {}</p>\n", html(unknown));
  if (traffic.replicas.value_or(0) > 0) {
    body += fmt::format("<p>{} connected: each repeats every statement, behind this server.</p>\n",
                        counted(*traffic.replicas, "replica"));
  }
  return section("traffic", "In the way now", body);
}

/// "customer_id → customers (id)", and of another table's "← orders (customer_id)".
std::string ties_of(const Impact& impact, const core::impact::TouchedTable& table) {
  std::string ties;
  for (const ForeignKeyLink& link : impact.links) {
    const std::string own = fmt::format("{}", fmt::join(link.columns, ", "));
    const std::string referenced = fmt::format("{}", fmt::join(link.referenced_columns, ", "));
    const char* fresh = link.is_new ? "new: " : "";
    if (link.from == table.name)
      ties +=
          fmt::format("<li>{}{} → {} ({})</li>", fresh, html(own), html(link.to), html(referenced));
    if (link.to == table.name && link.from != link.to)
      ties += fmt::format("<li>{}← {} ({})</li>", fresh, html(link.from), html(own));
  }
  return ties.empty() ? ties : "<ul class=\"notes\">" + ties + "</ul>";
}

std::string tables(const Impact& impact) {
  if (impact.tables.empty()) return {};
  std::string rows;
  for (const core::impact::TouchedTable& table : impact.tables) {
    rows += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>"
        "<td>{}</td><td>{}</td></tr>\n",
        html(table.name),
        table.is_new ? "new"
        : table.rows ? human_number(*table.rows)
                     : "unknown",
        table.is_new || !table.bytes ? "" : core::backup::size_text(*table.bytes),
        ties_of(impact, table), html(fmt::format("{}", fmt::join(table.triggers, ", "))));
  }
  return section(
      "tables", "Tables and their foreign keys",
      fmt::format(
          "<div class=\"scroll diagram\">\n{}</div>\n<p class=\"faint legend\">"
          "<span class=\"swatch touched\"></span> touched "
          "<span class=\"swatch fresh\"></span> new "
          "<span class=\"swatch\"></span> tied to one of them; an arrow points to the table "
          "that is referred to</p>\n"
          "<div class=\"scroll\"><table><thead><tr><th>table</th><th>rows, about</th>"
          "<th>size</th><th>foreign keys</th><th>triggers</th></tr></thead><tbody>\n{}"
          "</tbody></table></div>\n",
          diagram_svg(impact), rows));
}

std::string command(const std::string& text) {
  return fmt::format("<pre class=\"command\">{}</pre>\n", html(text));
}

std::string way_back(const port::PlanShown& plan, const std::string& program) {
  std::string items;
  const std::size_t steps = steps_with_a_way_back(plan.steps);
  for (auto view = plan.steps.rbegin(); view != plan.steps.rend(); ++view) {
    const core::Step& step = view->planned.step;
    std::string how = "apply the file as it was before";
    if (step.id.kind == core::StepKind::versioned)
      how = step.down ? step.down->path : "no down file: restore a backup";
    items +=
        fmt::format("<li>{}: {}</li>\n", html(core::display_name(step.id, step.name)), html(how));
  }
  std::string body;
  if (steps > 0) body = command(fmt::format("{} down --steps {}", program, steps));
  return section("back", "Way back", body + "<ul>\n" + items + "</ul>\n");
}

std::string how_to_run(const port::PlanShown& plan, const std::string& program) {
  const std::string frozen = plan.frozen ? " --plan " + plan.frozen->path : "";
  std::string body = command(fmt::format("{} preflight{}", program, frozen)) +
                     command(fmt::format("{} up{}", program, frozen)) +
                     command(program + " status");
  const auto checks = [](const char* when, const std::vector<std::string>& names) {
    return names.empty() ? std::string()
                         : fmt::format("<p>Checks {}: {}</p>\n", when,
                                       html(fmt::format("{}", fmt::join(names, ", "))));
  };
  body += checks("in front of it", plan.checks_before) + checks("behind it", plan.checks_after);
  return section("run", "Run it", body);
}

}  // namespace

std::string plan_html(const port::PlanShown& plan, const std::string& program) {
  std::string body = header(plan);
  if (plan.steps.empty()) {
    body += "<p>Nothing to do: the plan is empty.</p>\n";
  } else {
    body += risks(plan);
    if (plan.impact) body += traffic(plan.impact->traffic);
    body += section("steps", "Statements", html_steps(plan));
    if (plan.impact) body += tables(*plan.impact);
    body += how_to_run(plan, program) + way_back(plan, program);
  }
  // Whatever a file says, the page loads nothing and runs nothing.
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>Migration plan{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{}</main>\n"
      "</body>\n</html>\n",
      plan.impact ? ": " + html(plan.impact->server.schema) : "", plan_style, body);
}

}  // namespace migrate::output
