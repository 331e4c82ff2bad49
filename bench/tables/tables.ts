/**
 * Real tables that R packages of Debian ship: which package, which table, the column to predict, and columns that nobody is
 * given since they restate the target or name the row.
 */
export interface BenchTable {
  readonly package: string;
  readonly name: string;
  readonly target: string;
  readonly ignore: readonly string[];
}

const of = (name: string, target: string, ...ignore: string[]): BenchTable => {
  const [from = "", table = ""] = name.split("/");
  return { package: from, name: table, target, ignore };
};

/** Tables whose target is a number. */
export const REGRESSION: readonly BenchTable[] = [
  of("MASS/Boston", "medv"),
  of("MASS/Cars93", "Price", "Min.Price", "Max.Price", "Model", "Make"),
  of("MASS/cpus", "perf", "name", "estperf"),
  of("MASS/birthwt", "bwt", "low"),
  of("MASS/crabs", "BD", "index"),
  of("MASS/gilgais", "e80"),
  of("MASS/nlschools", "lang", "class"),
  of("mlbench/Ozone", "V4"),
  of("mlbench/Servo", "Class"),
  of("carData/Prestige", "prestige", "census"),
  of("carData/Salaries", "salary"),
  of("carData/SLID", "wages"),
  of("carData/UN", "infantMortality"),
  of("AER/CASchools", "read", "math", "district", "school"),
  of("AER/CPS1985", "wage"),
  of("AER/HousePrices", "price"),
  of("AER/PSID1982", "wage"),
  of("AER/Guns", "violent", "murder", "robbery"),
  of("AER/NMES1988", "visits", "nvisits", "ovisits", "novisits"),
  of("AER/TeachingRatings", "eval", "prof"),
  of("AER/MASchools", "score4", "score8", "district", "municipality"),
  of("AER/Electricity1970", "cost"),
  of("AER/CollegeDistance", "score"),
  of("ggplot2/diamonds", "price"),
  of("ggplot2/mpg", "hwy", "cty"),
  of("ggplot2/txhousing", "median", "date"),
  of("HSAUR3/Forbes2000", "marketvalue", "rank", "name"),
  of("modeldata/ames", "Sale_Price"),
  of("modeldata/biomass", "HHV", "sample"),
  of("modeldata/car_prices", "Price"),
  of("modeldata/concrete", "compressive_strength"),
  of("modeldata/Sacramento", "price"),
  of("modeldata/penguins", "body_mass_g"),
  of("modeldata/Chicago", "ridership"),
  of("robustbase/NOxEmissions", "LNOx"),
  of("datasets/airquality", "Ozone"),
  of("datasets/quakes", "mag"),
  of("datasets/ChickWeight", "weight", "Chick"),
  of("datasets/attenu", "accel", "event"),
  of("rpart/solder", "skips"),
  of("pscl/presidentialElections", "demVote"),
];

/** Tables whose target is a category. */
export const CLASSIFICATION: readonly BenchTable[] = [
  of("MASS/biopsy", "class", "ID"),
  of("MASS/fgl", "type"),
  of("MASS/shuttle", "use"),
  of("mlbench/PimaIndiansDiabetes2", "diabetes"),
  of("mlbench/HouseVotes84", "Class"),
  of("mlbench/Ionosphere", "Class"),
  of("mlbench/Sonar", "Class"),
  of("mlbench/Soybean", "Class"),
  of("mlbench/Vehicle", "Class"),
  of("mlbench/Vowel", "Class"),
  of("mlbench/Satellite", "classes"),
  of("mlbench/LetterRecognition", "lettr"),
  of("carData/Arrests", "released"),
  of("carData/BEPS", "vote"),
  of("carData/Chile", "vote"),
  of("carData/Mroz", "lfp"),
  of("carData/TitanicSurvival", "survived"),
  of("carData/Womenlf", "partic"),
  of("carData/WVS", "poverty"),
  of("carData/Wells", "switch"),
  of("AER/BankWages", "job"),
  of("AER/HMDA", "deny"),
  of("AER/CreditCard", "card", "expenditure", "share"),
  of("AER/SwissLabor", "participation"),
  of("AER/HealthInsurance", "health"),
  of("kernlab/spam", "type"),
  of("modeldata/attrition", "Attrition"),
  of("modeldata/cells", "class", "case"),
  of("modeldata/credit_data", "Status"),
  of("modeldata/mlc_churn", "churn"),
  of("modeldata/wa_churn", "churn"),
  of("modeldata/oils", "class"),
  of("modeldata/hpc_data", "class"),
  of("palmerpenguins/penguins", "species"),
  of("rpart/kyphosis", "Kyphosis"),
  of("TH.data/GlaucomaM", "Class"),
  of("TH.data/mammoexp", "ME"),
  of("TH.data/wpbc", "status", "time"),
  of("datasets/iris", "Species"),
  of("pscl/vote92", "vote"),
];

/** Debian's packages that hold them; MASS and rpart belong to r-recommended, `datasets` to r-base-core. */
export const DEBIAN_PACKAGES = [
  "r-base-core",
  ...[...REGRESSION, ...CLASSIFICATION]
    .map((table) => table.package)
    .filter((name, i, all) => name !== "datasets" && all.indexOf(name) === i)
    .map((name) => `r-cran-${name.toLowerCase()}`),
  "python3-sklearn",
  "python3-pandas",
];
