"""python3 peers.py FOLDER: trains scikit-learn's methods on the splits that run.ts wrote, and writes what they predict.

Numbers are scaled, missing ones are their mean; categories are one-hot, of which unknown ones are 0 everywhere. Boosting and
forest get the numbers of categories; boosting knows missing numbers itself. Each method has its own defaults otherwise.
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")
MAX_ITERATIONS = 1000


def one_hot(numbers, texts):
    scaled = make_pipeline(SimpleImputer(), StandardScaler())
    return ColumnTransformer([("numbers", scaled, numbers), ("texts", OneHotEncoder(handle_unknown="ignore", sparse_output=False), texts)])


def numbered(numbers, texts, imputer):
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    return ColumnTransformer([("numbers", imputer, numbers), ("texts", codes, texts)])


def methods(classify, numbers, texts):
    hot, imputed, plain = one_hot(numbers, texts), numbered(numbers, texts, SimpleImputer()), numbered(numbers, texts, "passthrough")
    if classify:
        return {
            "logistic regression": make_pipeline(hot, LogisticRegression(max_iter=MAX_ITERATIONS)),
            "MLP": make_pipeline(hot, MLPClassifier(random_state=0, max_iter=MAX_ITERATIONS)),
            "random forest": make_pipeline(imputed, RandomForestClassifier(random_state=0)),
            "boosting": make_pipeline(plain, HistGradientBoostingClassifier(random_state=0)),
        }
    mlp = TransformedTargetRegressor(MLPRegressor(random_state=0, max_iter=MAX_ITERATIONS), transformer=StandardScaler())
    return {
        "ridge": make_pipeline(hot, Ridge()),
        "MLP": make_pipeline(hot, mlp),
        "random forest": make_pipeline(imputed, RandomForestRegressor(random_state=0)),
        "boosting": make_pipeline(plain, HistGradientBoostingRegressor(random_state=0)),
    }


def read(path, task):
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    x = pd.DataFrame(index=table.index)
    for column in task["inputs"]:
        if column["kind"] == "date":
            dates = pd.to_datetime(table[column["name"]], errors="coerce")
            for part in ("year", "month", "dayofweek", "dayofyear"):
                x[column["name"] + "." + part] = getattr(dates.dt, part).astype(float)
        elif column["kind"] == "number":
            x[column["name"]] = pd.to_numeric(table[column["name"]], errors="coerce").replace([np.inf, -np.inf], np.nan)
        else:
            x[column["name"]] = table[column["name"]]
    y = table[task["target"]]
    return x, y if task["classify"] else pd.to_numeric(y)


def main(folder):
    with open(folder + "/tasks.json") as file:
        tasks = json.load(file)
    with open(folder + "/peers.jsonl", "a") as out:
        for task in tasks:
            stem = folder + "/" + task["stem"]
            x, y = read(stem + "-train.csv", task)
            numbers = [name for name in x.columns if x[name].dtype != object and x[name].notna().any()]
            texts = [name for name in x.columns if x[name].dtype == object]
            test, _ = read(stem + "-test.csv", task)
            for name, model in methods(task["classify"], numbers, texts).items():
                begin = time.perf_counter()
                model.fit(x, y)
                seconds = time.perf_counter() - begin
                line = {"stem": task["stem"], "method": name, "seconds": round(seconds, 3)}
                if task["classify"]:
                    line["classes"] = list(model.classes_)
                    line["predictions"] = [[float("%.6g" % p) for p in row] for row in model.predict_proba(test)]
                else:
                    line["predictions"] = [float("%.7g" % v) for v in model.predict(test)]
                out.write(json.dumps(line) + "\n")
                out.flush()


main(sys.argv[1])
