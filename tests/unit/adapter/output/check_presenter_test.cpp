
#include <gtest/gtest.h>

#include "unit/adapter/output/golden.h"
#include "unit/adapter/output/samples.h"
#include "unit/adapter/output/shown.h"

namespace migrate::output {
namespace {

using core::check::Look;
using port::CheckFormat;
using port::CheckView;

constexpr Style in_a_file{};
constexpr Style on_a_terminal{Colour::on, Medium::terminal, 80, Verbosity::normal};
constexpr Style verbose{Colour::off, Medium::file, 100, Verbosity::verbose};
constexpr Style quiet{Colour::off, Medium::file, 100, Verbosity::quiet};

CheckView view(CheckFormat format = CheckFormat::own) {
  return {.environment = "production", .format = format};
}

Show shown(const Look& look, const CheckView& as) {
  return [look, as](port::Presenter& to) { to.checks(look, as); };
}

Look good_look() {
  Look look = samples::look();
  look.results.resize(1);
  return look;
}

TEST(CheckPresenter, ALook) {
  expect_golden("check.txt", table(in_a_file, shown(samples::look(), view())));
  expect_golden("check.colour.txt", table(on_a_terminal, shown(samples::look(), view())));
  expect_golden("check.verbose.txt", table(verbose, shown(samples::look(), view())));
  expect_golden("check.quiet.txt", table(quiet, shown(samples::look(), view())));
  expect_golden("check.good.txt", table(in_a_file, shown(good_look(), view())));
  EXPECT_EQ(table(quiet, shown(good_look(), view())), "");
  expect_golden("check.json", json(shown(samples::look(), view())));
}

TEST(CheckPresenter, WatchingTellsWhatChanged) {
  const Look first = samples::look();
  CheckView watching = view();
  watching.occasion = CheckView::Occasion::watching;
  CheckView again = watching;
  again.before = &first;
  const auto show = [&](port::Presenter& to) {
    to.checks(first, watching);
    to.checks(samples::later_look(), again);
    to.checks(first, again);
  };
  expect_golden("check.watch.txt", table(in_a_file, show));
  expect_golden("check.watch.json", json(show));
}

TEST(CheckPresenter, ForOtherProgramsItIsTheSameFromBoth) {
  const Show junit = shown(samples::look(), view(CheckFormat::junit));
  expect_golden("check.junit.xml", table(in_a_file, junit));
  EXPECT_EQ(json(junit), table(in_a_file, junit));
  const Show prometheus = shown(samples::look(), view(CheckFormat::prometheus));
  expect_golden("check.prom", table(in_a_file, prometheus));
  EXPECT_EQ(json(prometheus), table(in_a_file, prometheus));
}

TEST(CheckPresenter, LabelsOfPrometheusAreEscaped) {
  CheckView odd = view(CheckFormat::prometheus);
  odd.environment = "a\\b\"c\nd";
  EXPECT_NE(json(shown(good_look(), odd)).find(R"(env="a\\b\"c\nd",)"), std::string::npos)
      << json(shown(good_look(), odd));
}

TEST(CheckPresenter, WhatXmlHasNoCharacterForIsNotInIt) {
  Look look = samples::look();
  look.results[4].seen = "bad \x01 \xff ]]> \"&\"";
  const std::string text = json(shown(look, view(CheckFormat::junit)));
  EXPECT_EQ(text.find('\x01'), std::string::npos);
  EXPECT_EQ(text.find('\xff'), std::string::npos);
  EXPECT_NE(text.find("bad \\x01 \\xff ]]&gt; &quot;&amp;&quot;"), std::string::npos) << text;
}

TEST(CheckPresenter, List) {
  std::vector<core::check::Check> checks;
  for (const auto& result : samples::look().results) checks.push_back(result.check);
  const auto all = [&](port::Presenter& to) { to.check_list(checks); };
  const auto one = [&](port::Presenter& to) { to.check_list({checks[3]}); };
  expect_golden("check.list.txt", table(in_a_file, all));
  expect_golden("check.list.json", json(all));
  expect_golden("check.one.txt", table(in_a_file, one));
}

TEST(CheckPresenter, ARunWhoseLastCheckFoundSomething) {
  const auto show = [](port::Presenter& to) { to.report(samples::check_failed()); };
  expect_golden("report.check_failed.txt", table(in_a_file, show));
  expect_golden("report.check_failed.json", json(show));
}

}  // namespace
}  // namespace migrate::output
