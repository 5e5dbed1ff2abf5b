#include <map>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "unit/adapter/output/golden.h"
#include "unit/adapter/output/plan_samples.h"
#include "unit/adapter/output/shown.h"

namespace migrate::output {
namespace {

constexpr Style in_a_file{};
constexpr Style verbose{Colour::off, Medium::file, 100, Verbosity::verbose};

Show showing(port::PlanShown plan, port::PlanFormat format = port::PlanFormat::own) {
  plan.format = format;
  return [plan = std::move(plan)](port::Presenter& to) { to.plan(plan); };
}

std::string page(const port::PlanShown& plan) {
  return table(in_a_file, showing(plan, port::PlanFormat::html));
}

TEST(PlanPresenter, TellsWhatItDoesToTheServer) {
  expect_golden("plan.impact.txt", table(in_a_file, showing(samples::plan_with_impact())));
  expect_golden("plan.impact.json", json(showing(samples::plan_with_impact())));
}

TEST(PlanPresenter, TellsSmallRisksWhenAskedForMore) {
  port::PlanShown plan = samples::plan_with_impact();
  plan.risks = {{.weight = core::impact::Weight::low, .words = "a small one"}};
  EXPECT_EQ(table(in_a_file, showing(plan)).find("a small one"), std::string::npos);
  EXPECT_NE(table(verbose, showing(plan)).find("a small one"), std::string::npos);
}

TEST(PlanPresenter, WritesARunSheet) {
  expect_golden("plan.md",
                table(in_a_file, showing(samples::plan_with_impact(), port::PlanFormat::markdown)));
}

TEST(PlanPresenter, SaysInARunSheetThatThereIsNothingToDo) {
  EXPECT_EQ(table(in_a_file, showing({}, port::PlanFormat::markdown)),
            "# Run sheet\n\nNothing to do: the plan is empty.\n");
}

/// The golden page is what the tests in a browser look at.
TEST(PlanPresenter, WritesAPage) {
  expect_golden("plan.html", page(samples::large_plan()));
}

TEST(PlanPresenter, LetsNothingOfAFileBecomeMarkup) {
  const std::string shown = page(samples::plan_with_impact());
  EXPECT_EQ(shown.find("<img"), std::string::npos);
  EXPECT_EQ(shown.find("<script"), std::string::npos);
  EXPECT_EQ(shown.find("<i>"), std::string::npos);
  EXPECT_EQ(shown.find("<b>&"), std::string::npos);
  EXPECT_NE(shown.find("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"), std::string::npos);
}

TEST(PlanPresenter, NeedsNothingBesideThePage) {
  const std::string shown = page(samples::large_plan());
  for (const char* outside : {"http:", "https:", "src=\"", "<link", "@import", "url(\""})
    EXPECT_EQ(shown.find(outside), std::string::npos) << outside;
}

TEST(PlanPresenter, PutsNoTwoTablesInOnePlace) {
  const std::string shown = page(samples::large_plan());
  const std::regex rect("<rect x=\"([0-9]+)\" y=\"([0-9]+)\"");
  std::set<std::pair<std::string, std::string>> places;
  std::size_t boxes = 0;
  for (std::sregex_iterator at(shown.begin(), shown.end(), rect); at != std::sregex_iterator();
       ++at) {
    places.emplace((*at)[1], (*at)[2]);
    ++boxes;
  }
  EXPECT_EQ(boxes, 34U);  // 33 tables of the plan, and one that is tied to them
  EXPECT_EQ(places.size(), boxes);
}

/// A table stands right of the one that it refers to.
TEST(PlanPresenter, DrawsArrowsFromTheRightToTheLeft) {
  const std::string shown = page(samples::plan_with_impact());
  const std::regex box(R"re(<title>(\w+): [^<]*</title><rect x="(\d+)")re");
  std::map<std::string, int> left;
  for (std::sregex_iterator at(shown.begin(), shown.end(), box); at != std::sregex_iterator(); ++at)
    left[(*at)[1]] = std::stoi((*at)[2]);
  EXPECT_LT(left.at("customers"), left.at("orders"));
  EXPECT_LT(left.at("orders"), left.at("order_items"));
}

TEST(PlanPresenter, SaysWhyNobodyWasAsked) {
  port::PlanShown plan = samples::plan_with_impact();
  plan.impact->asked.clear();
  plan.impact->not_asked = "no server program of MySQL is on this machine";
  for (const auto format :
       {port::PlanFormat::own, port::PlanFormat::markdown, port::PlanFormat::html}) {
    EXPECT_NE(table(in_a_file, showing(plan, format)).find("no server program of MySQL"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace migrate::output
